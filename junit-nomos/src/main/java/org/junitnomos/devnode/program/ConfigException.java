package org.junitnomos.devnode.program;

/** The configuration is wrong; the text names the key. */
final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 1_000;

    ConfigException(String message) {
        super(message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "...");
    }
}
