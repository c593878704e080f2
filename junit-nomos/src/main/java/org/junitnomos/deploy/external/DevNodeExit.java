package org.junitnomos.deploy.external;

import org.apiguardian.api.API;

/** Tells what the exit codes of a dev node mean, whatever it runs as. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class DevNodeExit {

    private DevNodeExit() {}

    /**
     * Puts an exit code into words.
     *
     * @param exitCode of a dev node
     * @return what it means, without an article; empty if it is not one of its own
     */
    public static String meaning(int exitCode) {
        return switch (exitCode) {
            case 1 -> "the node died of an error of its own, or its JVM could not start; its log has it";
            case 2 -> "wrong arguments, configuration or log level; its log has the key";
            case 3 -> "a port could not be bound, or its store or a file could not be opened";
            default -> "";
        };
    }
}
