package org.junitnomos.expectation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.NodeStateChanged;
import org.junitnomos.journal.JournalEvent.TipChanged;
import org.junitnomos.time.DurationText;

/** Finds the reorgs in a journal: a node that is started anew and begins at genesis took nothing back. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class Reorgs {
    private Reorgs() {}

    /** Lists the reorgs of all nodes that are deeper than some blocks, in order. */
    public static List<TipChanged> deeperThan(int blocks, List<? extends JournalEvent> events) {
        var restarts = new Restarts();
        var reorgs = new ArrayList<TipChanged>();
        for (var event : events) {
            if (event instanceof NodeStateChanged change) {
                restarts.accept(change);
            } else if (event instanceof TipChanged tip && !restarts.begins(tip.node()) && tip.reorgDepth() > blocks) {
                reorgs.add(tip);
            }
        }
        return reorgs;
    }

    /** Describes a reorg. */
    public static String describe(TipChanged change) {
        return change.node() + ": took back " + change.reorgDepth() + " blocks at "
                + DurationText.format(Duration.ofNanos(change.at())) + ", to height " + change.height() + " at slot "
                + change.slot();
    }
}
