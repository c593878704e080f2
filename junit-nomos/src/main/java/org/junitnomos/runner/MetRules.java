package org.junitnomos.runner;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.topology.NodeRule;

/** Finds the rules that ended the chain of a run, in the logs of its nodes. */
final class MetRules {
    private MetRules() {}

    /** Tells which rules nodes met, and where they say so; empty if none did. */
    static String of(RunContext run) {
        var texts = new ArrayList<String>();
        for (var rule : NodeRule.values()) {
            var places = new ArrayList<String>();
            for (var node : run.cluster().nodes()) {
                place(node, rule).ifPresent(places::add);
            }
            if (!places.isEmpty()) {
                int others = places.size() - 1;
                texts.add(rule.label() + ", so the chain did not go on: " + places.get(0)
                        + (others == 0 ? "" : others == 1 ? " and 1 other node" : " and " + others + " other nodes"));
            }
        }
        return String.join("; ", texts);
    }

    private static Optional<String> place(NodeHandle node, NodeRule rule) {
        return node.log().filter(Files::isReadable).flatMap(log -> place(log, rule));
    }

    private static Optional<String> place(Path log, NodeRule rule) {
        // A decoder of its own, because the one of Files.newBufferedReader gives up on a line that a crash cut in two.
        try (var reader =
                new BufferedReader(new InputStreamReader(Files.newInputStream(log), StandardCharsets.UTF_8))) {
            int number = 1;
            for (var line = reader.readLine(); line != null; line = reader.readLine(), number++) {
                if (line.contains(rule.logText())) {
                    return Optional.of(log.getFileName() + ":" + number);
                }
            }
            return Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty(); // what cannot be read tells nothing; the failure names the logs anyway
        }
    }
}
