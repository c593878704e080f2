package org.junitnomos.chaos;

import java.util.ArrayList;
import java.util.Optional;
import java.util.Random;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.client.TestingClient.Proposal;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.scenario.RunContext;

/** Finds the node that proposed a block most recently. */
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
     * @throws UnsupportedOperationException if a node cannot say what it proposed
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
    private static long lastSlot(NodeHandle node) {
        try {
            return node.client().devControl().proposals().stream()
                    .mapToLong(Proposal::slot)
                    .max()
                    .orElse(-1);
        } catch (NodeApiException e) {
            if (hasNoTestingPort(node) || e.status() == NOT_FOUND) {
                throw new UnsupportedOperationException(
                        "Node '" + node.name() + "' does not tell which blocks it proposed, so the leader cannot be"
                                + " isolated: only the testing port of dev nodes says so. Use another shape of"
                                + " partition with these nodes.",
                        e);
            }
            return -1;
        }
    }

    private static boolean hasNoTestingPort(NodeHandle node) {
        try {
            return node.client().endpoint().testing() == null;
        } catch (IllegalStateException e) {
            return false; // it joins just now, and nobody knows yet where it listens
        }
    }
}
