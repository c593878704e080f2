package org.junitnomos.expectation;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.TransactionLedger;
import org.junitnomos.journal.TransactionLedger.Fate;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.metrics.MetricNumber;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.time.DurationText;

/** Measures how long accepted transactions took to get somewhere, from the moment in which a node took them. */
final class TransactionDelays {
    private static final String ALL = "all nodes";

    private final RunFacts facts;
    private final String node;
    private final boolean eachNode;
    private final Delays delays;

    TransactionDelays(RunContext run, double percentile, Duration within, String node, boolean eachNode) {
        this.facts = new RunFacts(run);
        this.node = node;
        this.eachNode = eachNode;
        this.delays = new Delays(percentile, within);
    }

    static String name(String what, double percentile, Duration within, String node, boolean eachNode) {
        return what + " of " + MetricNumber.shortText(percentile) + " % within " + DurationText.format(within)
                + (eachNode ? " on each node" : node.isEmpty() ? "" : " on " + node);
    }

    /** Judges; {@code arrival}: when a transaction was there, or {@link TransactionLedger#NEVER}. */
    void judge(String name, String end, ToLongFunction<Fate> arrival) {
        var unjudged = unjudged();
        long now = facts.slotsUntilNow().endOf(facts.slotsUntilNow().end() - 1);
        for (var fate : TransactionLedger.of(facts.events).fates()) {
            if (fate.acceptedAt() == TransactionLedger.NEVER
                    || fate.acceptedAt() < facts.driveStart()
                    || unjudged.contains(fate.transaction())
                    || !node.isEmpty() && !node.equals(fate.node())) {
                continue;
            }
            var subject = eachNode || !node.isEmpty() ? fate.node() : ALL;
            long at = arrival.applyAsLong(fate);
            if (at == TransactionLedger.NEVER) {
                delays.waits(subject, fate.acceptedAt(), Math.max(0, now - fate.acceptedAt()));
            } else {
                delays.took(subject, fate.acceptedAt(), Math.max(0, at - fate.acceptedAt()));
            }
        }
        delays.judge("accepted transactions", end);
        facts.run.note(name, delays.summary());
    }

    /** What nodes may drop by their rules: it builds on what is in no block, or in one that was left. */
    private Set<TxHash> unjudged() {
        var hashes = new LinkedHashSet<TxHash>();
        for (var event : facts.events) {
            if (event instanceof JournalEvent.DependentSubmitted dependent) {
                hashes.add(dependent.transaction());
            } else if (event instanceof JournalEvent.ParentOrphaned orphaned) {
                hashes.add(orphaned.transaction());
            }
        }
        return hashes;
    }
}
