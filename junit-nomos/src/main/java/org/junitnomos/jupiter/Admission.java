package org.junitnomos.jupiter;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junitnomos.jupiter.NodeBudget.Permit;

/** The room of one cluster in the budget, from its deploy to its end. Thread-safe. */
final class Admission implements AutoCloseable {
    private final TestSession session;
    private final String owner;
    private final int nodes;
    private @Nullable Permit permit;

    /**
     * Prepares; no room is taken yet.
     *
     * @param session keeps the budget
     * @param owner stands in failures
     * @param nodes number of nodes of the cluster
     */
    Admission(TestSession session, String owner, int nodes) {
        this.session = session;
        this.owner = owner;
        this.nodes = nodes;
    }

    /**
     * Waits for room; every call after the first returns at once.
     *
     * @param ancestors hold room and cannot end before this does
     * @throws IllegalStateException if the wait can never end, or is interrupted
     */
    void await(List<Admission> ancestors) {
        if (permit().isPresent()) {
            return;
        }
        try {
            var held =
                    ancestors.stream().flatMap(each -> each.permit().stream()).toList();
            keep(session.admit(owner, nodes, held));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + owner + " waited for room to deploy", e);
        }
    }

    /** Returns the room that is held; empty before the deploy and after the end. */
    synchronized Optional<Permit> permit() {
        return Optional.ofNullable(permit);
    }

    private synchronized void keep(Permit admitted) {
        if (permit == null) {
            permit = admitted;
        } else {
            admitted.close();
        }
    }

    @Override
    public synchronized void close() {
        if (permit != null) {
            permit.close();
            permit = null;
        }
    }
}
