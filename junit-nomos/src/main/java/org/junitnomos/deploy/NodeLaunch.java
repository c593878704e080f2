package org.junitnomos.deploy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apiguardian.api.API;

/**
 * How to start one node.
 *
 * @param command program and arguments; the working directory is the directory of the node
 * @param environment variables to set; all others are those of the test JVM
 * @param withheld names of variables of the test JVM that the node must not see
 * @param configuration what {@code config.yaml} has to say, as text; empty for none
 * @param endsWithInput whether the node ends cleanly when its standard input is closed; if not, it is asked to end by
 *     SIGTERM
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record NodeLaunch(
        List<String> command,
        Map<String, String> environment,
        List<String> withheld,
        String configuration,
        boolean endsWithInput) {
    public NodeLaunch {
        command = List.copyOf(command);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("A node needs a command line, but the command is empty.");
        }
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        withheld = List.copyOf(withheld);
        Objects.requireNonNull(configuration, "configuration");
    }

    /**
     * Starts a program with the environment of the test JVM, ended by SIGTERM.
     *
     * @param command program and arguments
     * @param configuration what {@code config.yaml} has to say; empty for none
     * @return the launch
     */
    public static NodeLaunch of(List<String> command, String configuration) {
        return new NodeLaunch(command, new LinkedHashMap<>(), List.of(), configuration, false);
    }
}
