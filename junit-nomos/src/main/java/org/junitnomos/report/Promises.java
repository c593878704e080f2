package org.junitnomos.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.BlobLedger;
import org.junitnomos.journal.ForkTree;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.journal.JournalEvent.HostileSubmitted;
import org.junitnomos.journal.JournalEvent.TipChanged;
import org.junitnomos.journal.JournalEvent.TransactionSummary;
import org.junitnomos.journal.NodeTimeline.History;
import org.junitnomos.runner.RunResult;
import org.junitnomos.time.CountText;
import org.junitnomos.topology.NodeState;

/**
 * What the built-in expectations promise, in a sentence, and what the journal shows of the matter: an expectation that
 * held says nothing itself. Others are shown with their settings alone.
 */
final class Promises {
    private static final Map<String, String> SENTENCES = sentences();

    private final RunResult result;
    private final RunSummary summary;
    private final ForkTree tree;
    private final List<JournalEvent> events;
    private final Map<String, Supplier<String>> shown = new TreeMap<>();

    Promises(RunResult result, RunSummary summary, ForkTree tree, List<JournalEvent> events) {
        this.result = result;
        this.summary = summary;
        this.tree = tree;
        this.events = events;
        shown.put("consensus liveness", this::growth);
        shown.put("height convergence", this::heights);
        shown.put("finality", this::finality);
        shown.put("safety", this::safety);
        shown.put("bounded reorgs", this::reorgs);
        shown.put("no unexpected restarts", this::restarts);
        shown.put("recovery", this::faults);
        shown.put("transaction inclusion", this::transactions);
        shown.put("blob inclusion", () -> blobs(BlobLedger.State.FINAL, "final or read back"));
        shown.put("dispersal", () -> blobs(BlobLedger.State.DISPERSED, "dispersed or further"));
        shown.put("retrievability", () -> blobs(BlobLedger.State.RETRIEVABLE, "read back as they were submitted"));
        shown.put("hostile load", this::hostile);
    }

    private static Map<String, String> sentences() {
        var all = new TreeMap<String, String>();
        all.put("consensus liveness", "The chain grows as a healthy one would, without gaps, and every node keeps up.");
        all.put("height convergence", "In the end all nodes stand at about one height.");
        all.put("finality", "Blocks become irreversible in time, on every node.");
        all.put(
                "safety",
                "No node leaves a block that it called irreversible, none disagrees about one, and what a node tells"
                        + " fits together.");
        all.put("bounded reorgs", "No node leaves more blocks at once than allowed.");
        all.put("no unexpected restarts", "No node ends or restarts unless it was told to.");
        all.put("recovery", "After each fault the nodes it hit catch up in time.");
        all.put("transaction inclusion", "Transactions that a node accepted are on the chain in time.");
        all.put("blob inclusion", "Blobs that were dispersed are announced on the chain in time.");
        all.put("dispersal", "Blobs that executors accept are dispersed to all subnets.");
        all.put("retrievability", "Bytes of irreversible blobs can be put together from shares again.");
        all.put("hostile load", "Nothing that breaks the rules comes on the chain.");
        all.put("leadership", "Nodes win slots as their stake says, and none wins without.");
        all.put("clean logs", "No node logs an error.");
        all.put("value conservation", "No block makes or destroys value.");
        all.put("answers agree", "What nodes answer by one route fits to what they answer by others.");
        all.put("link traffic", "Nodes send each other what they should, and no more.");
        all.put("service quality", "Nodes answer, rightly and in time.");
        all.put("channel order", "Messages of a channel are on the chain in their order.");
        all.put("assigned shares", "Every node has the shares of its subnets.");
        all.put("historic sampling", "Shares of old blobs can still be sampled.");
        all.put("availability recovery", "Blobs go on to be dispersed and sampled after each fault.");
        return all;
    }

    /** {@return what an expectation promises; null if that is not known} */
    static @Nullable String sentence(String expectation) {
        return SENTENCES.get(expectation);
    }

    /** {@return what the journal shows of its matter; null if that is not known} */
    @Nullable
    String seen(String expectation) {
        var source = shown.get(expectation);
        return source == null ? null : source.get();
    }

    private String growth() {
        return (summary.heightAfterDrive - summary.heightBeforeDrive)
                + " blocks of the chain in the run window; about "
                + result.info().scenario().expectedBlocks() + " are expected of a whole one";
    }

    private String heights() {
        var heights = new ArrayList<Long>();
        for (var name : summary.nodes.nodes()) {
            summary.nodes.find(name).flatMap(History::tip).ifPresent(tip -> heights.add(tip.height()));
        }
        return heights.isEmpty()
                ? "no node was read"
                : "heights from " + heights.stream().min(Long::compare).orElse(0L) + " to "
                        + heights.stream().max(Long::compare).orElse(0L);
    }

    private String finality() {
        long least = summary.nodes.nodes().stream()
                .flatMap(name -> summary.nodes.find(name).flatMap(History::tip).stream())
                .mapToLong(TipChanged::libHeight)
                .min()
                .orElse(-1);
        return "irreversible up to height " + least + " on every node, of " + tree.height();
    }

    private String safety() {
        long forks = tree.size() - tree.height();
        return tree.size() + " blocks seen, " + forks + " of them not on the chain in the end";
    }

    private String reorgs() {
        int number = 0;
        int deepest = 0;
        for (var name : summary.nodes.nodes()) {
            for (int depth : ChainData.reorgs(summary.nodes.node(name))) {
                number += depth > 0 ? 1 : 0;
                deepest = Math.max(deepest, depth);
            }
        }
        return number + " reorgs, the deepest of " + deepest + (deepest == 1 ? " block" : " blocks")
                + ", beside restarts without a chain";
    }

    private String restarts() {
        long unasked = summary.nodes.nodes().stream()
                .flatMap(name -> summary.nodes.find(name).stream())
                .flatMap(node -> node.states().stream())
                .filter(change -> !change.intended() && change.state() == NodeState.DEAD)
                .count();
        return unasked == 0 ? "no node ended by itself" : CountText.of(unasked, "time") + ", a node ended by itself";
    }

    private String faults() {
        long healed = summary.faults.values().stream()
                .filter(fault -> fault.healedAt >= 0)
                .count();
        return healed + " of " + summary.faults.size() + " faults were seen to be healed";
    }

    private String transactions() {
        var all = summary.transactions;
        return all.included() + " of " + all.accepted() + " accepted ones on the chain, " + all.irreversible()
                + " final";
    }

    private String blobs(BlobLedger.State least, String what) {
        var fates = BlobLedger.of(events).fates();
        long reached = fates.stream()
                .filter(fate -> fate.state().compareTo(least) >= 0 && fate.state() != BlobLedger.State.LOST)
                .count();
        return reached + " of " + fates.size() + " blobs " + what;
    }

    private String hostile() {
        var hostile = events.stream()
                .filter(HostileSubmitted.class::isInstance)
                .map(event -> ((HostileSubmitted) event).transaction())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        long included = events.stream()
                .filter(BlockObserved.class::isInstance)
                .flatMap(event -> ((BlockObserved) event).transactions().stream())
                .map(TransactionSummary::hash)
                .filter(hostile::contains)
                .distinct()
                .count();
        return hostile.size() + " submitted, " + included + " of them in a block of some branch";
    }
}
