package org.junitnomos.jupiter;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Limits the number of nodes that run at once in this JVM. Thread-safe.
 *
 * <p>A cluster that is larger than the budget runs alone. Whoever waits is let in as soon as there is room; a wait that
 * can never end, because everybody who holds nodes waits for more, fails at once.
 */
final class NodeBudget {
    private final int budget;
    private final List<Permit> held = new ArrayList<>();
    private long changes;

    /** Creates the budget: so many nodes at most at once; at least 1. */
    NodeBudget(int budget) {
        this.budget = budget;
    }

    /**
     * Waits until there is room.
     *
     * @param owner stands in the failure
     * @param nodes number of nodes of the cluster
     * @param ancestors permits that cannot be given back before this one is
     * @param evict frees nodes that nobody uses; false if there are none
     * @return to be closed when the nodes are gone
     * @throws IllegalStateException if the wait can never end; names the holders
     */
    Permit acquire(String owner, int nodes, List<Permit> ancestors, BooleanSupplier evict) throws InterruptedException {
        while (true) {
            long seen;
            synchronized (this) {
                if (fits(nodes)) {
                    return admit(owner, nodes);
                }
                seen = changes;
            }
            if (!evict.getAsBoolean()) {
                synchronized (this) {
                    awaitChange(owner, nodes, ancestors, seen);
                }
            }
        }
    }

    /** Lets those who wait look again: nodes were given back, or a cluster is used no more and may be evicted. */
    synchronized void changed() {
        changes++;
        notifyAll();
    }

    /** Returns the number of nodes in use. */
    synchronized int used() {
        return held.stream().mapToInt(permit -> permit.nodes).sum();
    }

    private boolean fits(int nodes) {
        return held.isEmpty() || used() + nodes <= budget;
    }

    private Permit admit(String owner, int nodes) {
        var permit = new Permit(this, owner, nodes);
        held.add(permit);
        return permit;
    }

    private void awaitChange(String owner, int nodes, List<Permit> ancestors, long seen) throws InterruptedException {
        ancestors.forEach(ancestor -> ancestor.waiting++);
        try {
            while (changes == seen) {
                if (held.stream().allMatch(permit -> permit.waiting > 0)) {
                    throw new IllegalStateException(noRoom(owner, nodes));
                }
                wait();
            }
        } finally {
            ancestors.forEach(ancestor -> ancestor.waiting--);
        }
    }

    private String noRoom(String owner, int nodes) {
        return "no room for the " + nodes + " nodes of " + owner + ": " + used() + " of " + budget + " are in use by "
                + held.stream().map(permit -> permit.owner).collect(Collectors.joining(", "))
                + ", who cannot end before. Raise nomos.max.nodes, or do not refine the topology in a nested class of a"
                + " class that keeps its cluster.";
    }

    private synchronized void giveBack(Permit permit) {
        if (held.remove(permit)) {
            changed();
        }
    }

    /** The right to run a number of nodes. */
    static final class Permit implements AutoCloseable {
        private final NodeBudget budget;
        private final String owner;
        private final int nodes;
        private int waiting;

        private Permit(NodeBudget budget, String owner, int nodes) {
            this.budget = budget;
            this.owner = owner;
            this.nodes = nodes;
        }

        /** Gives the nodes back; idempotent. */
        @Override
        public void close() {
            budget.giveBack(this);
        }
    }
}
