package org.junitnomos.expectation;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.ForkTree;
import org.junitnomos.journal.Journal;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.journal.JournalEvent.CreatedNote;
import org.junitnomos.journal.JournalEvent.TipChanged;
import org.junitnomos.journal.JournalEvent.TransactionSummary;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.RunContext;
import org.opentest4j.AssertionFailedError;

/** Watches the events of one run for anything that must never happen. Not thread-safe. */
final class SafetyJudge {
    private static final String DEV_MODE_LEADER =
            Ed25519PrivateKey.ZERO.publicKey().toHex();

    private final RunContext run;
    private final Journal journal;
    private final ForkTree tree = new ForkTree();
    private final int securityParameter;
    private final Map<NoteId, BigInteger> values = new HashMap<>();
    private final Set<NoteId> genesisNotes = new HashSet<>();
    private final Map<NoteId, List<BlockObserved>> created = new HashMap<>();
    private final Map<NoteId, List<BlockObserved>> spent = new HashMap<>();
    private final Map<TxHash, List<BlockObserved>> included = new HashMap<>();
    private final Map<String, BlockObserved> byLeaderAndSlot = new HashMap<>();
    private final Map<Long, Finalized> finalized = new HashMap<>();
    private final Restarts restarts = new Restarts();
    private final Map<String, TipChanged> finals = new HashMap<>();
    private final Map<String, TipChanged> tips = new HashMap<>();
    private long longest;
    private boolean sawFinality;
    private int read;

    private record Finalized(HeaderId block, String node) {}

    SafetyJudge(RunContext run) {
        this.run = run;
        this.journal = run.journal();
        this.securityParameter = run.scenario().topology().consensus().securityParameter();
        var ledger = run.cluster().genesis().transaction().tx().ledgerTx();
        for (int i = 0; i < ledger.outputs().size(); i++) {
            var note = ledger.noteIds().get(i);
            genesisNotes.add(note);
            values.put(note, unsigned(ledger.outputs().get(i).value()));
        }
    }

    /**
     * Checks every event that was not checked yet: at first those of the past, which a cluster that serves several runs
     * has, because notes and transactions in them count.
     */
    void catchUp() {
        for (var events = journal.events(); read < events.size(); ) {
            check(events.get(read++));
        }
    }

    private void check(JournalEvent event) {
        if (event instanceof BlockObserved block) {
            checkSlot(block);
            tree.accept(block);
            checkLeader(block);
            block.transactions().forEach(transaction -> check(transaction, block));
        } else if (event instanceof TipChanged tip) {
            boolean anew = restarts.begins(tip.node());
            checkReorg(tip, anew);
            checkForkChoice(tip, anew);
            checkFinality(tip);
            checkTakenBack(tip, anew);
            checkDepth(tip);
            longest = Math.max(longest, tip.height());
            sawFinality |= tip.libHeight() > 0;
        } else if (event instanceof JournalEvent.NodeStateChanged change) {
            restarts.accept(change);
        }
    }

    /** Judges what only the whole run shows: who contradicts itself, and whether there was enough to judge. */
    void conclude() {
        var views = run.views();
        views.read();
        ContradictionJudge.complaint(views.nodes()).ifPresent(complaint -> {
            throw violated(complaint);
        });
        if (tree.size() == 0) {
            throw new InconclusiveException("no block was observed on any node");
        }
        if (longest > securityParameter && !sawFinality) {
            throw new InconclusiveException("no irreversible block was seen on any node, although a chain had "
                    + longest + " blocks and k is " + securityParameter + "; what is final could not be judged");
        }
    }

    /** A slot has one block on a branch at the most (node contract 3.1). */
    private void checkSlot(BlockObserved block) {
        tree.find(block.parent())
                .filter(parent -> block.slot() <= parent.slot())
                .ifPresent(parent -> {
                    throw violated((block.slot() == parent.slot()
                                    ? "two blocks of one slot on one branch: "
                                    : "slots go back: ")
                            + name(block) + " of slot " + block.slot() + " follows " + name(parent) + " of slot "
                            + parent.slot());
                });
    }

    private void checkLeader(BlockObserved block) {
        if (block.leader().equals(DEV_MODE_LEADER)) {
            return;
        }
        var other = byLeaderAndSlot.putIfAbsent(block.leader() + "@" + block.slot(), block);
        if (other != null && !other.block().equals(block.block())) {
            throw violated("leader " + block.leader() + " made two blocks in slot " + block.slot() + ": " + name(other)
                    + " and " + name(block));
        }
    }

    private void check(TransactionSummary transaction, BlockObserved block) {
        onBranch(included.get(transaction.hash()), block).ifPresent(other -> {
            throw violated("transaction " + transaction.hash().toHex() + " is included twice on one branch: in "
                    + name(other) + " and in " + name(block));
        });
        included.computeIfAbsent(transaction.hash(), hash -> new ArrayList<>()).add(block);
        var in = BigInteger.ZERO;
        for (var input : transaction.inputs()) {
            in = in.add(spend(input, transaction, block));
        }
        var out = unsigned(transaction.fee());
        for (CreatedNote output : transaction.outputs()) {
            out = out.add(unsigned(output.value()));
            values.putIfAbsent(output.id(), unsigned(output.value()));
            created.computeIfAbsent(output.id(), id -> new ArrayList<>()).add(block);
        }
        if (!in.equals(out)) {
            throw violated("supply changed by " + out.subtract(in) + " in " + name(block) + ": transaction "
                    + transaction.hash().toHex() + " spends notes worth " + in + " and creates notes and gas worth "
                    + out);
        }
    }

    private BigInteger spend(NoteId input, TransactionSummary transaction, BlockObserved block) {
        onBranch(spent.get(input), block).ifPresent(other -> {
            throw violated("note " + input.toHex() + " is spent twice on one branch: in " + name(other) + " and by "
                    + transaction.hash().toHex() + " in " + name(block));
        });
        spent.computeIfAbsent(input, id -> new ArrayList<>()).add(block);
        if (!genesisNotes.contains(input) && onBranch(created.get(input), block).isEmpty()) {
            throw violated("transaction " + transaction.hash().toHex() + " in " + name(block) + " spends note "
                    + input.toHex() + ", which was never created on that branch");
        }
        return values.getOrDefault(input, BigInteger.ZERO);
    }

    /** The first of some blocks that is on the branch of a block, the block itself included. */
    private Optional<BlockObserved> onBranch(@Nullable List<BlockObserved> candidates, BlockObserved block) {
        return candidates == null
                ? Optional.empty()
                : candidates.stream()
                        .filter(each -> tree.isAncestor(each.block(), block.block()))
                        .findFirst();
    }

    private void checkReorg(TipChanged tip, boolean anew) {
        if (tip.reorgDepth() > securityParameter && !anew) {
            throw violated(tip.node() + " took back " + tip.reorgDepth() + " blocks at once when it moved to height "
                    + tip.height() + "; a block is final " + securityParameter + " blocks deep");
        }
    }

    /** A node leaves its chain only for a longer one; of two of one length it keeps its own (node contract 3.4). */
    private void checkForkChoice(TipChanged tip, boolean anew) {
        var before = tips.put(tip.node(), tip);
        if (before != null
                && !anew
                && tip.height() <= before.height()
                && !tip.tip().equals(before.tip())) {
            throw violated(tip.node() + " left its chain of height " + before.height() + " for one that is not longer: "
                    + "its tip is block " + tip.tip().toHex() + " at height " + tip.height() + ", and was block "
                    + before.tip().toHex());
        }
    }

    /** Every finalized block must lie on one chain: walk down from it to what was finalized before. */
    private void checkFinality(TipChanged tip) {
        for (var found = tree.find(tip.lib());
                found.isPresent();
                found = tree.find(found.get().parent())) {
            var at = found.get();
            var known = finalized.get(at.height());
            if (known == null) {
                finalized.put(at.height(), new Finalized(at.block(), tip.node()));
            } else if (!known.block().equals(at.block())) {
                throw violated(conflict(at, known, tip));
            } else {
                break;
            }
        }
    }

    private String conflict(BlockObserved at, Finalized known, TipChanged tip) {
        String who = known.node().equals(tip.node())
                ? tip.node() + " finalized different blocks at height " + at.height() + ": first "
                        + known.block().toHex() + ", then " + at.block().toHex()
                : "two nodes finalized different blocks at height " + at.height() + ": " + known.node() + " has "
                        + known.block().toHex() + ", " + tip.node() + " has "
                        + at.block().toHex();
        var fork = tree.commonAncestor(known.block(), at.block());
        long height = tree.heightOf(fork) + 1;
        return who + "\n  the branches part after height " + (height - 1) + ": " + first(known.block(), height)
                + ", and " + first(at.block(), height);
    }

    private String first(HeaderId tip, long height) {
        return tree.find(tree.ancestorAt(tip, height))
                .map(block -> name(block) + " of slot " + block.slot())
                .orElse("a block that was not seen");
    }

    /** What a node has finalized stays so as long as it runs. */
    private void checkTakenBack(TipChanged tip, boolean anew) {
        if (tip.libHeight() < 0) {
            return;
        }
        var before = finals.put(tip.node(), tip);
        if (before != null && !anew && !tree.isAncestor(before.lib(), tip.lib())) {
            throw violated(tip.node() + " took back what it had finalized: its last irreversible block was "
                    + before.lib().toHex() + " at height " + before.libHeight() + ", and is "
                    + tip.lib().toHex() + " at height " + tip.libHeight() + " since it moved to height "
                    + tip.height() + " at slot " + tip.slot());
        }
    }

    /** Nothing is final before it is k deep (node contract 3.4); a node tells tip and LIB in one answer. */
    private void checkDepth(TipChanged tip) {
        long depth = tip.height() - tip.libHeight();
        if (tip.libHeight() > 0 && depth < securityParameter) {
            throw violated(tip.node() + " finalized too early: its last irreversible block at height " + tip.libHeight()
                    + " is " + depth + " blocks below its tip at height " + tip.height() + "; a block is final "
                    + securityParameter + " blocks deep");
        }
    }

    private static BigInteger unsigned(long value) {
        return value >= 0 ? BigInteger.valueOf(value) : new BigInteger(Long.toUnsignedString(value));
    }

    private static String name(BlockObserved block) {
        return "block " + block.block().toHex() + " (height " + block.height() + ", first seen on " + block.node()
                + ")";
    }

    private static AssertionFailedError violated(String text) {
        return new AssertionFailedError(text);
    }
}
