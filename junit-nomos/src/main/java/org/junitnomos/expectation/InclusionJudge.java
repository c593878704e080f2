package org.junitnomos.expectation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junitnomos.internal.DurationText;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.TransactionLedger;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.RunContext;
import org.opentest4j.AssertionFailedError;

/** Judge the fate of every transaction that a node accepted. */
final class InclusionJudge {

    private final RunFacts facts;
    private final TransactionInclusion settings;
    private final Map<TxHash, Accepted> accepted = new LinkedHashMap<>();
    private final Map<String, Integer> refusals = new TreeMap<>();
    private final TransactionLedger ledger = new TransactionLedger();

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
        for (var event : facts.events) {
            ledger.accept(event);
            if (event instanceof JournalEvent.BlockObserved block) {
                height = Math.max(height, block.height());
            } else if (event instanceof JournalEvent.TransactionAccepted each) {
                accepted.putIfAbsent(
                        each.transaction(), new Accepted(each.transaction(), each.node(), each.at(), height, height));
            } else if (event instanceof JournalEvent.TransactionRejected each) {
                refusals.merge(each.status() + " " + each.reason(), 1, Integer::sum);
            } else if (event instanceof JournalEvent.FaultRequested fault && SlotOdds.touchesNetwork(fault.kind())) {
                faults.add(fault.fault());
            } else if (event instanceof JournalEvent.FaultHealed fault && faults.remove(fault.fault())) {
                restart(height);
            }
        }
    }

    /** A fault of the network is over: what it held up starts to count now. */
    private void restart(long height) {
        accepted.replaceAll((hash, each) ->
                ledger.isOnChain(hash) ? each : new Accepted(hash, each.node(), each.at(), each.height(), height));
    }

    void judge() {
        if (accepted.isEmpty()) {
            throw new AssertionFailedError("expected accepted transactions but there was none: " + ledger.size()
                    + " submitted, refused: " + (refusals.isEmpty() ? "none" : refusals));
        }
        var heights = new HashMap<TxHash, Long>();
        for (var block : facts.tree.chain()) {
            block.transactions().forEach(transaction -> heights.put(transaction.hash(), block.height()));
        }
        long end = facts.tree.height();
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

    private String describe(Accepted each, @Nullable Long height, long end) {
        return "  " + each.hash().toHex() + ": accepted by " + each.node() + " at "
                + DurationText.format(Duration.ofNanos(each.at())) + " (height " + each.height() + "), "
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
        text.append(Listing.of(late))
                .append("\n(submitted ")
                .append(ledger.size())
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
