package org.junitnomos.expectation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junitnomos.internal.DurationText;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.RunContext;
import org.opentest4j.AssertionFailedError;

/** Judge the fate of every transaction that a node accepted. */
final class InclusionJudge {
    private static final int SHOWN = 10;

    private final RunFacts facts;
    private final TransactionInclusion settings;
    private final Map<TxHash, Accepted> accepted = new LinkedHashMap<>();
    private final Map<String, Integer> refusals = new TreeMap<>();
    private int submitted;

    /** A transaction when a node accepted it first; {@code base} is the height from which its blocks are counted. */
    private record Accepted(TxHash hash, String node, long at, long height, long base) {}

    InclusionJudge(RunContext run, TransactionInclusion settings) {
        this.facts = new RunFacts(run);
        this.settings = settings;
        read();
    }

    private void read() {
        long height = 0;
        var faults = new LinkedHashSet<Integer>();
        var seen = new LinkedHashSet<TxHash>();
        var included = new LinkedHashSet<TxHash>();
        for (var event : facts.events) {
            if (event instanceof JournalEvent.BlockObserved block) {
                height = Math.max(height, block.height());
            } else if (event instanceof JournalEvent.TransactionSubmitted each) {
                submitted += seen.add(each.transaction()) ? 1 : 0;
            } else if (event instanceof JournalEvent.TransactionAccepted each) {
                accepted.putIfAbsent(
                        each.transaction(), new Accepted(each.transaction(), each.node(), each.at(), height, height));
            } else if (event instanceof JournalEvent.TransactionRejected each) {
                refusals.merge(each.status() + " " + each.reason(), 1, Integer::sum);
            } else if (event instanceof JournalEvent.TransactionIncluded each) {
                included.add(each.transaction());
            } else if (event instanceof JournalEvent.TransactionOrphaned each) {
                included.remove(each.transaction());
            } else if (event instanceof JournalEvent.FaultRequested fault && SlotOdds.touchesNetwork(fault.kind())) {
                faults.add(fault.fault());
            } else if (event instanceof JournalEvent.FaultHealed fault && faults.remove(fault.fault())) {
                restart(included, height);
            }
        }
    }

    /** A fault of the network is over: what it held up starts to count now. */
    private void restart(Set<TxHash> included, long height) {
        accepted.replaceAll((hash, each) ->
                included.contains(hash) ? each : new Accepted(hash, each.node(), each.at(), each.height(), height));
    }

    void judge() {
        if (accepted.isEmpty()) {
            throw new AssertionFailedError("expected accepted transactions but there was none: " + submitted
                    + " submitted, refused: " + (refusals.isEmpty() ? "none" : refusals));
        }
        var heights = new HashMap<TxHash, Long>();
        for (var block : facts.chains.reference()) {
            block.transactions().forEach(transaction -> heights.put(transaction.hash(), block.height()));
        }
        long end = facts.chains.height();
        int onTime = 0;
        int young = 0;
        var late = new ArrayList<String>();
        for (var each : accepted.values()) {
            var height = heights.get(each.hash());
            if (height != null && height - each.base() <= settings.withinBlocks()) {
                onTime++;
            } else if (height == null && end - each.base() < settings.withinBlocks()) {
                young++;
            } else {
                late.add(describe(each, height, end));
            }
        }
        int judged = onTime + late.size();
        if (judged == 0) {
            throw new InconclusiveException("no transaction could be judged: " + accepted.size()
                    + " were accepted less than " + settings.withinBlocks() + " blocks before the end of the chain");
        }
        if (onTime * 100L < (long) settings.percent() * judged) {
            fail(judged, young, late);
        }
    }

    private String describe(Accepted each, @org.jspecify.annotations.Nullable Long height, long end) {
        return "  " + each.hash().toHex() + ": accepted by " + each.node() + " at "
                + DurationText.format(java.time.Duration.ofNanos(each.at())) + " (height " + each.height() + "), "
                + (height == null
                        ? "not on the chain at height " + end
                        : "on the chain at height " + height + ", " + (height - each.base()) + " blocks later");
    }

    private void fail(int judged, int young, List<String> late) {
        var share = settings.percent() == 100
                ? "every accepted transaction"
                : settings.percent() + " % of the accepted transactions";
        var text = new StringBuilder("expected ")
                .append(share)
                .append(" on the chain within ")
                .append(settings.withinBlocks())
                .append(" blocks but ")
                .append(late.size())
                .append(" of ")
                .append(judged)
                .append(" were not:\n");
        late.stream().limit(SHOWN).forEach(line -> text.append(line).append('\n'));
        if (late.size() > SHOWN) {
            text.append("  … and ").append(late.size() - SHOWN).append(" more\n");
        }
        text.append("(submitted ")
                .append(submitted)
                .append(", accepted ")
                .append(accepted.size())
                .append(", refused ")
                .append(refusals.isEmpty() ? "none" : refusals.toString())
                .append(", too young to judge ")
                .append(young)
                .append(")");
        throw new AssertionFailedError(
                text.toString(),
                "0 of " + judged + " late or missing",
                late.size() + " of " + judged + " late or missing");
    }
}
