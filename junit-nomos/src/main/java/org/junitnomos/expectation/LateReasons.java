package org.junitnomos.expectation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junitnomos.expectation.InclusionJudge.Accepted;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.journal.JournalEvent.DependentSubmitted;
import org.junitnomos.journal.JournalEvent.TransactionSummary;
import org.junitnomos.journal.NoteLedger;
import org.junitnomos.journal.TransactionLedger;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.time.DurationText;

/** Finds why transactions are late, the likely reason first: the chain, the nodes, the blocks; else nothing. */
final class LateReasons {
    /** So many transactions that one node accepted, and nobody else a late one, are no chance. */
    private static final int NO_CHANCE = 3;

    private final RunFacts facts;
    private final ChainPace pace;
    private final TransactionLedger ledger;
    private final List<Accepted> all;
    private final List<Accepted> late;

    LateReasons(RunFacts facts, ChainPace pace, TransactionLedger ledger, List<Accepted> all, List<Accepted> late) {
        this.facts = facts;
        this.pace = pace;
        this.ledger = ledger;
        this.all = all;
        this.late = late;
    }

    List<String> texts() {
        var texts = new ArrayList<String>();
        stopped(facts, pace).ifPresent(text -> texts.add(text + "; " + waiting()));
        texts.addAll(facts.deaths().texts());
        texts.addAll(new Branches(facts).apart());
        changed().ifPresent(texts::add);
        crowded().ifPresent(texts::add);
        oneNode().ifPresent(texts::add);
        dependent().ifPresent(texts::add);
        return texts;
    }

    /** What was submitted too early to be safe. */
    private Optional<String> dependent() {
        var dependent = new HashSet<TxHash>();
        for (var event : facts.events) {
            if (event instanceof DependentSubmitted early) {
                dependent.add(early.transaction());
            }
        }
        long count =
                late.stream().filter(each -> dependent.contains(each.hash())).count();
        return count == 0
                ? Optional.empty()
                : Optional.of(count + " of the " + late.size() + " late ones " + (count == 1 ? "was" : "were")
                        + " submitted before what it builds on was in a block, and a node keeps such a one only if its"
                        + " id is larger (node contract 3.5): wait for the other one with awaitInBlock(...)");
    }

    private String waiting() {
        long missing = late.stream()
                .filter(each -> ledger.find(each.hash())
                        .map(fate -> fate.block() == null)
                        .orElse(true))
                .count();
        return missing == 1 ? "1 transaction waits for it" : missing + " transactions wait for it";
    }

    /** Whether the chain has not grown for longer than chance allows. */
    static Optional<String> stopped(RunFacts facts, ChainPace pace) {
        var tip = facts.tree.tip();
        // Nodes that were all paused play slots of the past, so what is said of it is when it was seen.
        long last = tip.map(block -> Math.max(block.slot(), pace.slotOf(block.at())))
                .orElse(0L);
        long from = tip.isPresent() ? pace.startOf(last + 1) : facts.driveStart();
        if (!pace.isTimeFor(1, from)) {
            return Optional.empty();
        }
        return Optional.of(tip.map(block -> "the chain stopped at height " + block.height() + ", slot " + block.slot()
                        + ": no block in the " + facts.slots(pace.now() - last - 1) + " since then")
                .orElse("the chain never began: no block was seen"));
    }

    /** All late ones were accepted by one node, and others accepted some in time; no wonder if a fault parted it. */
    private Optional<String> oneNode() {
        var faults = FaultSpans.of(facts.events);
        if (late.stream()
                .flatMap(each -> faults.at(each.at(), 0).stream())
                .anyMatch(fault -> Excuses.touchesNetwork(fault.kind()))) {
            return Optional.empty();
        }
        var nodes = late.stream().map(Accepted::node).distinct().toList();
        long others = all.stream()
                .filter(each -> !nodes.contains(each.node()) && !late.contains(each))
                .count();
        return nodes.size() == 1 && late.size() >= NO_CHANCE && others >= NO_CHANCE
                ? Optional.of("all " + late.size() + " late ones were accepted by " + nodes.get(0)
                        + ", which does not seem to pass on what it accepts")
                : Optional.empty();
    }

    /** A transaction that nobody submitted and that breaks the rules may be one of the late ones, changed. */
    private Optional<String> changed() {
        var genesis = TransactionSummary.of(facts.run.cluster().genesis().transaction());
        for (var violation :
                NoteLedger.replay(genesis.outputs(), facts.tree.chain()).violations()) {
            if (ledger.find(violation.transaction()).isEmpty()) {
                return Optional.of("transaction " + violation.transaction().toHex() + " in block "
                        + violation.block().toHex() + " at height " + violation.height()
                        + " is none that this run submitted, and breaks the rules: " + violation.detail());
            }
        }
        return Optional.empty();
    }

    /** Blocks since the first late one was accepted, full of transactions that are not of this run. */
    private Optional<String> crowded() {
        long from = late.stream().mapToLong(Accepted::base).min().orElse(0);
        var blocks = facts.tree.chain().stream()
                .filter(block -> block.height() > from)
                .toList();
        long own = 0;
        long foreign = 0;
        for (BlockObserved block : blocks) {
            for (var transaction : block.transactions()) {
                if (ledger.find(transaction.hash()).isPresent()) {
                    own++;
                } else if (!isOfANode(transaction)) {
                    foreign++;
                }
            }
        }
        if (foreign == 0) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "blocks from height %d to %d hold %d transactions that this run did not submit, %.1f a block, beside"
                        + " %d of its own",
                from + 1,
                facts.tree.height(),
                foreign,
                (double) foreign / blocks.size(),
                own));
    }

    /** Nodes announce blobs and themselves. */
    static boolean isOfANode(TransactionSummary transaction) {
        return transaction.ops().stream().anyMatch(op -> op.equals("ChannelBlob") || op.startsWith("Sdp"));
    }

    static String time(long nanos) {
        return DurationText.format(Duration.ofNanos(nanos));
    }
}
