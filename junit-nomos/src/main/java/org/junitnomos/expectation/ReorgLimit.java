package org.junitnomos.expectation;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.NodeStateChanged;
import org.junitnomos.journal.JournalEvent.TipChanged;
import org.junitnomos.topology.NodeState;

/** Follows a journal and says which reorgs are deeper than they may be just then. */
final class ReorgLimit {
    /** Slots after a fault until both sides have each other's blocks. */
    private static final int CATCH_UP_SLOTS = 2;

    private final BoundedReorgs settings;
    private final long slotNanos;
    private final int securityParameter;
    private final Restarts restarts = new Restarts();
    private final Map<Integer, Long> faults = new TreeMap<>();
    private long faultySince = -1;
    private long longest;
    private boolean anew;

    ReorgLimit(RunFacts facts, BoundedReorgs settings) {
        this.settings = settings;
        this.slotNanos = facts.slotsUntilNow().duration();
        this.securityParameter = facts.securityParameter();
    }

    /** Takes the next event; returns what is wrong with it, if it is a reorg that is too deep. */
    Optional<String> accept(JournalEvent event) {
        if (event instanceof NodeStateChanged change) {
            restarts.accept(change);
            anew |= RunFacts.isAway(change.state()) && change.state() != NodeState.REMOVED;
        } else if (event instanceof JournalEvent.FaultRequested fault && Excuses.touchesNetwork(fault.kind())) {
            faultySince = faults.isEmpty() ? fault.at() : faultySince;
            faults.put(fault.fault(), fault.at());
        } else if (event instanceof JournalEvent.FaultHealed healed
                && faults.remove(healed.fault()) != null
                && faults.isEmpty()) {
            longest = Math.max(longest, healed.at() - faultySince);
        } else if (event instanceof TipChanged tip && !restarts.begins(tip.node())) {
            // one that was started anew begins at genesis, and took nothing back
            long limit = limit(tip);
            if (tip.reorgDepth() > limit) {
                return Optional.of(
                        "  " + Reorgs.describe(tip) + (limit > settings.maxDepth() ? "; faults explain " + limit : ""));
            }
        }
        return Optional.empty();
    }

    private long limit(TipChanged tip) {
        if (!settings.plusFaults()) {
            return settings.maxDepth();
        }
        if (anew) {
            return Math.max(settings.maxDepth(), securityParameter);
        }
        long faulty = faults.isEmpty() ? longest : Math.max(longest, tip.at() - faultySince);
        long slots = faulty == 0 ? 0 : faulty / slotNanos + 1 + CATCH_UP_SLOTS;
        return settings.maxDepth() + slots;
    }
}
