package org.junitnomos.devnode.program;

/** Say what is wrong with the configuration, naming the key. */
final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    ConfigException(String message) {
        super(message);
    }
}
