package org.junitnomos.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Predicate;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.deploy.diagnosis.LogLines;
import org.junitnomos.feed.BlockFeed;
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
                place(node, line -> line.contains(rule.logText())).ifPresent(places::add);
            }
            if (!places.isEmpty() && (rule != NodeRule.SILENT_EPOCHS || isSilent(run))) {
                int others = places.size() - 1;
                texts.add(rule.label() + ", so " + outcome(rule) + ": " + places.get(0)
                        + (others == 0 ? "" : others == 1 ? " and 1 other node" : " and " + others + " other nodes"));
            }
        }
        return String.join("; ", texts);
    }

    private static String outcome(NodeRule rule) {
        return switch (rule) {
            case BLOCK_SIZE, SILENT_EPOCHS -> "the chain did not go on";
            case RESTART -> "the chain before it is given up";
        };
    }

    /**
     * Whether no node that can be read got beyond the silence that its log tells of. One that was started anew knows no
     * epoch state until it has the chain (node contract 3.2, 5.2), which is not the end of it.
     */
    private static boolean isSilent(RunContext run) {
        return run.cluster().nodes().stream().allMatch(node -> {
            var view = run.feed().view(node.name()).filter(BlockFeed.NodeView::reachable);
            long tip = view.flatMap(seen -> run.feed().find(seen.tip()))
                    .map(record -> record.block().header().slot())
                    .orElse(0L);
            return view.isEmpty()
                    || node.log().isEmpty()
                    || place(node, line -> NodeRule.silentSlot(line).orElse(0) > tip)
                            .isPresent();
        });
    }

    private static Optional<String> place(NodeHandle node, Predicate<String> wanted) {
        return node.log().filter(Files::isReadable).flatMap(log -> place(log, wanted));
    }

    private static Optional<String> place(Path log, Predicate<String> wanted) {
        try (var reader = LogLines.open(log)) {
            int number = 1;
            for (var line = reader.readLine(); line != null; line = reader.readLine(), number++) {
                if (wanted.test(line)) {
                    return Optional.of(log.getFileName() + ":" + number);
                }
            }
            return Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty(); // what cannot be read tells nothing; the failure names the logs anyway
        }
    }
}
