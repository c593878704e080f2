package org.junitnomos.expectation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.TxHash;

/** What is beside the reference chain at the end of a run: blocks, their transactions, and nodes that stand there. */
final class Branches {
    /** Nodes of a chain that are named, at most. */
    private static final int NAMED = 4;

    private final RunFacts facts;
    private final Map<TxHash, BlockObserved> beside = new HashMap<>();
    private final Set<TxHash> left = new HashSet<>();
    private final Map<String, HeaderId> tips = new LinkedHashMap<>();

    Branches(RunFacts facts) {
        this.facts = facts;
        for (var node : facts.nodes()) {
            facts.tip(node)
                    .filter(tip -> facts.tree.heightOf(tip.tip()) >= 0)
                    .ifPresent(tip -> tips.put(node, tip.tip()));
        }
        for (var block : facts.tree.blocks()) {
            if (!isOnChain(block.block())) {
                boolean isLeft = nodesOn(block).isEmpty();
                for (var each : block.transactions()) {
                    beside.merge(
                            each.hash(), block, (one, other) -> nodesOn(one).isEmpty() ? other : one);
                    if (isLeft) {
                        left.add(each.hash());
                    }
                }
            }
        }
    }

    private boolean isOnChain(HeaderId block) {
        return facts.tree
                .tip()
                .filter(tip -> facts.tree.isAncestor(block, tip.block()))
                .isPresent();
    }

    /** Where a transaction is that is not on the reference chain; empty if no node is on a branch with it. */
    Optional<String> where(TxHash transaction) {
        var block = beside.get(transaction);
        var nodes = block == null ? List.<String>of() : nodesOn(block);
        if (block == null || nodes.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("not on the chain at height " + facts.tree.height() + ", but in block "
                + block.block().toHex() + " at height " + block.height() + " of another chain, that of "
                + names(nodes));
    }

    private List<String> nodesOn(BlockObserved block) {
        return tips.entrySet().stream()
                .filter(entry -> facts.tree.isAncestor(block.block(), entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * Whether a transaction is in a block beside the chain, on a branch that no node is on any more; it may be in a
     * later one, too, of a node that kept it.
     */
    boolean wasLeftWith(TxHash transaction) {
        return left.contains(transaction);
    }

    /** Which nodes stand on which other chain, one line a chain; empty if all are on the reference chain. */
    List<String> apart() {
        var byFork = new TreeMap<Long, Map<HeaderId, List<String>>>();
        var reference = facts.tree.tip();
        if (reference.isEmpty()) {
            return List.of();
        }
        var staying = tips.entrySet().stream()
                .filter(entry -> isOnChain(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        for (var entry : tips.entrySet()) {
            if (!staying.contains(entry.getKey())) {
                var fork = facts.tree.heightOf(facts.tree.commonAncestor(
                        entry.getValue(), reference.get().block()));
                byFork.computeIfAbsent(fork, height -> new LinkedHashMap<>())
                        .computeIfAbsent(entry.getValue(), tip -> new ArrayList<>())
                        .add(entry.getKey());
            }
        }
        return byFork.entrySet().stream()
                .flatMap(fork -> fork.getValue().entrySet().stream()
                        .map(each -> String.join(" and ", each.getValue())
                                + (each.getValue().size() == 1 ? " is" : " are") + " on another chain, of height "
                                + facts.tree.heightOf(each.getKey()) + ", since height " + fork.getKey()
                                + ", than " + (staying.isEmpty() ? "the longest one" : names(staying))))
                .toList();
    }

    /** A few are named, of many the first. */
    private static String names(List<String> nodes) {
        return nodes.size() <= NAMED
                ? String.join(" and ", nodes)
                : String.join(", ", nodes.subList(0, NAMED - 1)) + " and " + (nodes.size() - NAMED + 1) + " others";
    }
}
