package org.junitnomos.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Random;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.client.TestingClient.Proposal;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.deploy.diagnosis.Colors;
import org.junitnomos.deploy.diagnosis.LogLines;
import org.junitnomos.deploy.diagnosis.ProposedBlock;
import org.junitnomos.scenario.RunContext;

/** Finds the node that proposed a block most recently: dev nodes tell by their testing ports, others by their logs. */
final class LastProposer {
    private static final int NOT_FOUND = 404;

    private final RunContext run;

    LastProposer(RunContext run) {
        this.run = run;
    }

    /**
     * Asks all running nodes; of several that proposed for the latest slot one is drawn, for all of them made the same
     * block, or blocks of one height.
     *
     * @return empty if no running node has proposed since its start
     * @throws UnsupportedOperationException if a node has no means to say what it proposed
     */
    Optional<String> find(Random random) {
        long latest = -1;
        var proposers = new ArrayList<String>();
        for (NodeHandle node : run.cluster().nodes()) {
            long slot = node.isRunning() && !node.isPaused() ? lastSlot(node) : -1;
            if (slot > latest) {
                latest = slot;
                proposers.clear();
            }
            if (slot >= 0 && slot == latest) {
                proposers.add(node.name());
            }
        }
        return proposers.isEmpty() ? Optional.empty() : Optional.of(proposers.get(random.nextInt(proposers.size())));
    }

    /** Slot of the last block that a node proposed; -1 for none, and for a node that cannot be reached just now. */
    private long lastSlot(NodeHandle node) {
        try {
            return node.client().devControl().proposals().stream()
                    .mapToLong(Proposal::slot)
                    .max()
                    .orElse(-1);
        } catch (NodeApiException e) {
            return hasNoTestingPort(node) || e.status() == NOT_FOUND ? lastSlotInLog(node) : -1;
        }
    }

    private static boolean hasNoTestingPort(NodeHandle node) {
        try {
            return node.client().endpoint().testing() == null;
        } catch (IllegalStateException e) {
            return false; // it joins just now, and nobody knows yet where it listens
        }
    }

    private long lastSlotInLog(NodeHandle node) {
        Path log = node.log()
                .orElseThrow(() -> new UnsupportedOperationException(
                        "Node '" + node.name() + "' does not tell which blocks it proposed, so the leader cannot be"
                                + " isolated: it has no testing port of a dev node, and its backend keeps no log. Use"
                                + " another shape of partition with these nodes."));
        long last = -1;
        try (var reader = LogLines.open(log)) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                long slot = ProposedBlock.of(Colors.strip(line))
                        .flatMap(run.feed()::find)
                        .map(record -> record.block().header().slot())
                        .orElse(-1L); // nobody took it yet, or ever
                last = Math.max(last, slot);
            }
        } catch (IOException e) {
            throw new UnsupportedOperationException(
                    "Node '" + node.name() + "' tells which blocks it proposed by its log alone, which cannot be read: "
                            + log + " (" + e + ")",
                    e);
        }
        return last;
    }
}
