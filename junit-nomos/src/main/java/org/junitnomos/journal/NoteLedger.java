package org.junitnomos.journal;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.journal.JournalEvent.CreatedNote;
import org.junitnomos.journal.JournalEvent.TransactionSummary;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.mantle.TxHash;

/**
 * Replays the notes of one chain from genesis, and tells what breaks the rules of the ledger (node contract 2.5). Not
 * thread-safe.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class NoteLedger {

    private final Map<NoteId, Long> unspent = new LinkedHashMap<>();
    private final Map<NoteId, TxHash> spent = new HashMap<>();
    private final List<Violation> violations = new ArrayList<>();

    /**
     * Begins with genesis.
     *
     * @param genesis the notes that the genesis transaction creates; see {@link TransactionSummary#of}
     */
    public NoteLedger(List<CreatedNote> genesis) {
        for (CreatedNote note : genesis) {
            unspent.put(note.id(), note.value());
        }
    }

    /**
     * Replays a chain.
     *
     * @param genesis the notes that the genesis transaction creates
     * @param chain blocks from height 1 on, oldest first, as {@link ForkTree#chain()} gives them
     * @return the ledger after the last block
     */
    public static NoteLedger replay(List<CreatedNote> genesis, List<BlockObserved> chain) {
        NoteLedger ledger = new NoteLedger(genesis);
        chain.forEach(ledger::apply);
        return ledger;
    }

    /** The rules of the ledger. */
    public enum Rule {
        /** A note is spent once only. */
        SPENT_TWICE,
        /** What is spent was created before. */
        UNKNOWN_INPUT,
        /** A note is created once only. */
        CREATED_TWICE,
        /** Inputs are worth what outputs and fee are worth together. */
        UNBALANCED
    }

    /**
     * Which transaction broke which rule.
     *
     * @param rule the rule
     * @param block the block that holds the transaction
     * @param height its height
     * @param transaction the transaction
     * @param detail the notes or values concerned
     */
    public record Violation(Rule rule, HeaderId block, long height, TxHash transaction, String detail) {}

    /** Applies the next block of the chain. */
    public void apply(BlockObserved block) {
        for (TransactionSummary transaction : block.transactions()) {
            apply(block, transaction);
        }
    }

    private void apply(BlockObserved block, TransactionSummary transaction) {
        BigInteger in = BigInteger.ZERO;
        boolean complete = true;
        for (NoteId input : transaction.inputs()) {
            Long value = unspent.remove(input);
            if (value != null) {
                spent.put(input, transaction.hash());
                in = in.add(unsigned(value));
            } else {
                complete = false;
                TxHash before = spent.get(input);
                if (before == null) {
                    violated(Rule.UNKNOWN_INPUT, block, transaction, "note " + input + " does not exist");
                } else {
                    violated(Rule.SPENT_TWICE, block, transaction, "note " + input + " was spent by " + before);
                }
            }
        }
        BigInteger out = create(block, transaction);
        BigInteger fee = unsigned(transaction.fee());
        if (complete && !in.equals(out.add(fee))) {
            violated(
                    Rule.UNBALANCED,
                    block,
                    transaction,
                    "inputs of " + in + ", outputs of " + out + " and a fee of " + fee);
        }
    }

    private BigInteger create(BlockObserved block, TransactionSummary transaction) {
        BigInteger sum = BigInteger.ZERO;
        for (CreatedNote output : transaction.outputs()) {
            if (unspent.containsKey(output.id()) || spent.containsKey(output.id())) {
                violated(Rule.CREATED_TWICE, block, transaction, "note " + output.id() + " was created before");
            } else {
                unspent.put(output.id(), output.value());
                sum = sum.add(unsigned(output.value()));
            }
        }
        return sum;
    }

    private void violated(Rule rule, BlockObserved block, TransactionSummary transaction, String detail) {
        violations.add(new Violation(rule, block.block(), block.height(), transaction.hash(), detail));
    }

    /** {@return what all notes are worth together, that are not spent} */
    public BigInteger supply() {
        return unspent.values().stream().map(NoteLedger::unsigned).reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** {@return what broke the rules so far, in the order of the chain} */
    public List<Violation> violations() {
        return Collections.unmodifiableList(violations);
    }

    private static BigInteger unsigned(long value) {
        return new BigInteger(Long.toUnsignedString(value));
    }
}
