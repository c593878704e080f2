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
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.TransactionLedger;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.LoadAccount;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.time.CountText;
import org.junitnomos.time.DurationText;
import org.opentest4j.AssertionFailedError;

/** Judges the fate of every transaction that a node accepted. */
final class InclusionJudge {
    private static final int REFUSALS_SHOWN = 5;

    private final RunFacts facts;
    private final TransactionInclusion settings;
    private final ChainPace pace;
    private final LoadFacts load;
    private final Map<TxHash, Accepted> accepted = new LinkedHashMap<>();
    private final Map<String, Integer> refusals = new TreeMap<>();
    private final TransactionLedger ledger = new TransactionLedger();
    private final List<Accepted> late = new ArrayList<>();
    private final @Nullable UntouchedBlocks untouched;
    private boolean answered;
    private int lost;
    private int onTime;
    private int young;
    private int orphaned;

    /**
     * A transaction when a node accepted it first; {@code base} is the height from which its blocks are counted.
     *
     * @param where what is wrong with it, if it is late
     */
    record Accepted(TxHash hash, String node, long at, long height, long base, String where) {
        Accepted countedFrom(long newBase) {
            return new Accepted(hash, node, at, height, newBase, where);
        }

        Accepted lateAs(String text) {
            return new Accepted(hash, node, at, height, base, text);
        }
    }

    InclusionJudge(RunContext run, TransactionInclusion settings) {
        this.facts = new RunFacts(run);
        this.settings = settings;
        this.pace = new ChainPace(facts);
        this.load = new LoadFacts(facts, LoadAccount.TRANSACTIONS);
        this.untouched = settings.untouchedBlocks() > 0 ? new UntouchedBlocks(facts, Proposals.ask(run)) : null;
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
                        each.transaction(),
                        new Accepted(each.transaction(), each.node(), each.at(), height, height, ""));
            } else if (event instanceof JournalEvent.TransactionRejected each) {
                answered |= each.status() != 0;
                String answer = each.status() == 0
                        ? Handover.withoutAnswer(each.reason())
                        : each.status() + " " + each.reason();
                refusals.merge(answer, 1, Integer::sum);
            } else if (event instanceof JournalEvent.FaultRequested fault && Excuses.touchesNetwork(fault.kind())) {
                faults.add(fault.fault());
            } else if (event instanceof JournalEvent.FaultHealed fault && faults.remove(fault.fault())) {
                restart(height);
            }
        }
    }

    /** A fault of the network is over: what it held up starts to count now. */
    private void restart(long height) {
        accepted.replaceAll((hash, each) -> ledger.isOnChain(hash) ? each : each.countedFrom(height));
    }

    void judge() {
        if (accepted.isEmpty()) {
            failWithoutAny();
            return;
        }
        sort();
        int judged = onTime + late.size();
        var doubts = new ArrayList<String>();
        var refusing = refusing(doubts);
        if (onTime * 100L < (long) settings.percent() * judged || lost > 0) {
            throw failed(judged, refusing);
        }
        if (!refusing.isEmpty()) {
            throw new AssertionFailedError(String.join("\n", refusing) + "\n(" + numbers() + ")");
        }
        if (judged == 0) {
            doubts.add("no transaction could be judged: " + unjudged());
        } else if (young + orphaned > judged) {
            doubts.add("too few transactions could be judged, " + judged + ": " + unjudged());
        }
        load.shortfall(settings.deliveredPercent()).ifPresent(doubts::add);
        if (!doubts.isEmpty()) {
            throw new InconclusiveException(
                    String.join("; ", doubts) + load.becauseOfTheCut() + "\n(" + numbers() + ")");
        }
        facts.run.note(
                settings.name(), onTime + " of " + judged + " judged transactions were on time (" + numbers() + ")");
    }

    /** Nodes that refuse what they should take; on a busy machine the lack of an answer is but a doubt. */
    private List<String> refusing(List<String> doubts) {
        var wrong = WrongRefusals.ofTransactions(facts);
        var refusing = new ArrayList<>(wrong.refusals(settings.percent()));
        var silent = wrong.silences(settings.deliveredPercent());
        (facts.run.clock().isVirtual() ? refusing : doubts).addAll(silent);
        return refusing;
    }

    private String unjudged() {
        var texts = new ArrayList<String>();
        if (young > 0 || orphaned == 0) {
            texts.add(young + " were accepted less than " + settings.withinBlocks()
                    + " blocks before the end of the chain, and too few slots before it to say that they are late");
        }
        if (orphaned > 0) {
            texts.add(orphaned + " were " + Orphans.RULE);
        }
        return String.join(", ", texts);
    }

    private void sort() {
        var heights = new HashMap<TxHash, Long>();
        for (var block : facts.tree.chain()) {
            block.transactions().forEach(transaction -> heights.put(transaction.hash(), block.height()));
        }
        var branches = new Branches(facts);
        var orphans = new Orphans(facts, branches);
        long end = facts.tree.height();
        for (var each : accepted.values()) {
            var height = heights.get(each.hash());
            int leftOut = untouched == null ? 0 : untouched.of(each.hash());
            if (leftOut > settings.untouchedBlocks() && !orphans.explain(each.hash())) {
                lost++;
                late.add(each.lateAs((height == null ? "not on the chain" : "on the chain at height " + height)
                        + ", left out by " + leftOut + " blocks whose leaders must have had it"));
            } else if (height != null && height - each.base() <= settings.withinBlocks()) {
                onTime++;
            } else if (height == null && end - each.base() < settings.withinBlocks() && isYoung(each)) {
                young++;
            } else if (orphans.explain(each.hash())) {
                orphaned++;
            } else {
                late.add(each.lateAs(
                        height == null
                                ? branches.where(each.hash()).orElse("not on the chain at height " + end)
                                : "on the chain at height " + height + ", "
                                        + CountText.of(height - each.base(), "block") + " later"));
            }
        }
    }

    /** A chain that stopped does not keep transactions young. */
    private boolean isYoung(Accepted each) {
        return !pace.isTimeFor(settings.withinBlocks(), each.at());
    }

    /** Nothing to judge, unless the nodes had every chance to accept something. */
    private void failWithoutAny() {
        if (ledger.size() == 0) {
            throw new InconclusiveException("no transaction was submitted"
                    + (load.isCut() ? load.becauseOfTheCut() : ": " + whyNothingSubmitted()));
        }
        long since = ledger.fates().get(0).submittedAt();
        long height = ledger.fates().get(0).submittedHeight();
        long grown = facts.tree.height() - height;
        boolean driven = !load.isCut()
                || grown >= settings.withinBlocks()
                || pace.isTimeFor(settings.withinBlocks(), since, facts.driveEnd());
        boolean alive = answered || grown > 0;
        var text = ledger.size() + " submitted, refused: " + refused();
        if (driven && alive && !refusals.isEmpty()) {
            throw new AssertionFailedError("expected accepted transactions but there was none: " + text);
        }
        throw new InconclusiveException("no node accepted a transaction, and "
                + (driven ? "no node answered, nor did the chain grow" : "there was no time to")
                + load.becauseOfTheCut() + " (" + text + ")");
    }

    private String whyNothingSubmitted() {
        var cause = load.mainCause();
        if (cause.isPresent()) {
            return cause.get();
        }
        return facts.tree.size() == 0 ? "no block was seen" : "neither a workload nor the test body has one on record";
    }

    private AssertionFailedError failed(int judged, List<String> refusing) {
        var share = settings.percent() == 100
                ? "every accepted transaction"
                : settings.percent() + " % of the accepted transactions";
        var expected = lost > 0
                ? "every accepted transaction in one of the first " + settings.untouchedBlocks()
                        + " blocks that no fault touched"
                : share + " on the chain within " + settings.withinBlocks() + " blocks";
        var reasons = new LateReasons(facts, pace, ledger, List.copyOf(accepted.values()), late).texts();
        reasons.addAll(refusing);
        var text = (reasons.isEmpty() ? "" : String.join("\n", reasons) + "\n")
                + "expected " + expected + " but " + late.size() + " of " + judged + " were not:\n"
                + Listing.of(late.stream().map(InclusionJudge::describe).toList())
                + "\n(" + numbers() + ")";
        return new AssertionFailedError(
                text, "0 of " + judged + " late or missing", late.size() + " of " + judged + " late or missing");
    }

    private static String describe(Accepted each) {
        return "  " + each.hash().toHex() + ": accepted by " + each.node() + " at "
                + DurationText.format(Duration.ofNanos(each.at())) + " (height " + each.height() + "), "
                + each.where();
    }

    private String numbers() {
        var due = load.text();
        long others = ofOthers();
        return (due.isEmpty() ? "" : due + "; ") + "submitted " + ledger.size() + ", accepted " + accepted.size()
                + ", refused " + refused() + ", too young to judge " + young
                + (orphaned == 0 ? "" : ", not in time and not judged " + orphaned + " (" + Orphans.RULE + ")")
                + (others == 0 ? "" : ", on the chain but not submitted by the run, so not judged " + others);
    }

    /** What came to the chain while the run was driven, and went around the run. */
    private long ofOthers() {
        return facts.tree.chain().stream()
                .filter(block -> block.at() >= facts.driveStart())
                .flatMap(block -> block.transactions().stream())
                .filter(each -> ledger.find(each.hash()).isEmpty() && !LateReasons.isOfANode(each))
                .count();
    }

    /** The refusals, most first. */
    private String refused() {
        if (refusals.isEmpty()) {
            return "none";
        }
        var most = new LinkedHashMap<String, Integer>();
        refusals.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed().thenComparing(Map.Entry::getKey))
                .limit(REFUSALS_SHOWN)
                .forEach(entry -> most.put(entry.getKey(), entry.getValue()));
        int others = refusals.size() - most.size();
        return most + (others == 0 ? "" : " and " + others + " other answers");
    }
}
