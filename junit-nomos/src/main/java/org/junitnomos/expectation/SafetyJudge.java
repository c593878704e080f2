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

/** Watch the events of one run for anything that must never happen. Not thread-safe. */
final class SafetyJudge {
    private static final String DEV_MODE_LEADER =
            Ed25519PrivateKey.ZERO.publicKey().toHex();

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
    private final Set<String> restarted = new HashSet<>();
    private int read;

    private record Finalized(HeaderId block, String node) {}

    SafetyJudge(RunContext run) {
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
     * Check every event that was not checked yet: at first those of the past, which a cluster that serves several runs
     * has, because notes and transactions in them count.
     */
    void catchUp() {
        for (var events = journal.events(); read < events.size(); ) {
            check(events.get(read++));
        }
    }

    private void check(JournalEvent event) {
        if (event instanceof BlockObserved block) {
            tree.accept(block);
            checkLeader(block);
            block.transactions().forEach(transaction -> check(transaction, block));
        } else if (event instanceof TipChanged tip) {
            checkReorg(tip);
            checkFinality(tip);
        } else if (event instanceof JournalEvent.NodeStateChanged change) {
            restarted.add(change.node());
        }
    }

    void requireEvidence() {
        if (tree.size() == 0) {
            throw new InconclusiveException("no block was observed on any node");
        }
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

    private void checkReorg(TipChanged tip) {
        boolean cameBack = restarted.remove(tip.node());
        if (tip.reorgDepth() > securityParameter && !cameBack) {
            throw violated(tip.node() + " took back " + tip.reorgDepth() + " blocks at once when it moved to height "
                    + tip.height() + "; a block is final " + securityParameter + " blocks deep");
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
                throw violated("two nodes finalized different blocks at height " + at.height() + ": " + known.node()
                        + " has " + known.block().toHex() + ", " + tip.node() + " has "
                        + at.block().toHex());
            } else {
                break;
            }
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
