package org.junitnomos.expectation;

import java.util.HashSet;
import java.util.Set;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.NodeStateChanged;

/**
 * Follows a run slot by slot and tells which nodes nothing excuses any more, so that they have the chain and what waits
 * for it: one that nobody touched since the drive began has had them all the time, another one only once it must have
 * caught up.
 */
final class SettledNodes {
    private static final int SETTLING_SLOTS = 2;

    private final Excuses excuses;
    private final long catchUp;
    private final Set<String> touched = new HashSet<>();

    SettledNodes(RunFacts facts) {
        this.excuses = new Excuses(facts.run.scenario().topology());
        this.catchUp = 2 * SlotOdds.longestSilence(facts, ChainPace.FALSE_ALARM_ONE_IN);
    }

    void accept(JournalEvent event, long slot) {
        excuses.accept(event, slot);
        if (event instanceof NodeStateChanged change && RunFacts.isAway(change.state())) {
            touched.add(change.node());
        } else if (event instanceof JournalEvent.FaultRequested fault
                && !fault.kind().equals(FaultSpans.DEFECT)) {
            touched.addAll(fault.targets());
        }
    }

    void endSlot(long slot) {
        excuses.endSlot(slot);
    }

    /** Whether something excuses a node in the slot that ended last. */
    boolean isExcused(String node) {
        return excuses.isNetworkFaulty() || excuses.isExcused(node, touched.contains(node) ? catchUp : SETTLING_SLOTS);
    }
}
