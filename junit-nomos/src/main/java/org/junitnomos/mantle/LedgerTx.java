package org.junitnomos.mantle;

import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * A movement of value: notes that it consumes, and notes that it creates.
 *
 * <p>The hash and the ids of the created notes are computed on first use and kept.
 *
 * @since 0.1
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class LedgerTx {

    /** Largest number of inputs, and of outputs, the wire format can carry. */
    public static final int MAX_NOTES = 255;

    /**
     * Largest number of outputs of a genesis transaction here. The wire format counts them in one byte, which wraps,
     * and a node never reads it back from there (node contract 2.8).
     */
    public static final int MAX_GENESIS_NOTES = 1_000_000;

    /** The transaction that moves nothing. */
    public static final LedgerTx EMPTY = new LedgerTx(List.of(), List.of());

    private final List<NoteId> inputs;
    private final List<Note> outputs;
    private volatile @Nullable Fr hash;
    private volatile @Nullable List<NoteId> noteIds;

    /**
     * Creates a ledger transaction.
     *
     * @param inputs the notes to consume, at most {@value #MAX_NOTES}; copied
     * @param outputs the notes to create, at most {@value #MAX_NOTES}; copied
     * @throws WireFormatException if there are more notes than the wire format can carry
     */
    public LedgerTx(List<NoteId> inputs, List<Note> outputs) {
        this(inputs, outputs, MAX_NOTES);
    }

    LedgerTx(List<NoteId> inputs, List<Note> outputs, int mostOutputs) {
        this.inputs = WireLimits.atMost("ledger_tx.inputs", inputs, MAX_NOTES);
        this.outputs = WireLimits.atMost("ledger_tx.outputs", outputs, mostOutputs);
    }

    /**
     * Creates what a genesis transaction hands out.
     *
     * @param outputs the notes, at most {@value #MAX_GENESIS_NOTES}; copied
     * @return the ledger transaction, without inputs
     * @throws WireFormatException if there are too many notes
     */
    public static LedgerTx ofGenesis(List<Note> outputs) {
        return new LedgerTx(List.of(), outputs, MAX_GENESIS_NOTES);
    }

    /** {@return the notes this transaction consumes, in order; unmodifiable} */
    public List<NoteId> inputs() {
        return inputs;
    }

    /** {@return the notes this transaction creates, in order; unmodifiable} */
    public List<Note> outputs() {
        return outputs;
    }

    /**
     * {@return the hash from which the ids of the outputs follow: the Poseidon2 digest of the encoding (node contract
     * 2.3)}
     */
    public Fr hash() {
        Fr known = hash;
        if (known == null) {
            known = DomainTags.LEDGER_TX.absorbBytes(MantleCodec.encode(this)).digest();
            hash = known;
        }
        return known;
    }

    /** {@return the ids of the outputs by the rule of the node, one per output, in order; unmodifiable} */
    public List<NoteId> noteIds() {
        List<NoteId> known = noteIds;
        if (known == null) {
            known = noteIds(NoteIdRule.NODE);
            noteIds = known;
        }
        return known;
    }

    List<NoteId> noteIds(NoteIdRule rule) {
        if (outputs.isEmpty()) {
            return List.of();
        }
        Poseidon2State prefix = DomainTags.NOTE_ID.absorb(hash());
        List<NoteId> ids = new ArrayList<>(outputs.size());
        for (int i = 0; i < outputs.size(); i++) {
            Note note = outputs.get(i);
            Poseidon2State state = prefix.absorb(Fr.of(i))
                    .absorb(Fr.of(note.value()))
                    .absorb(note.owner().value());
            ids.add(new NoteId(rule == NoteIdRule.NODE ? state.output() : state.digest()));
        }
        return List.copyOf(ids);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof LedgerTx that && inputs.equals(that.inputs) && outputs.equals(that.outputs));
    }

    @Override
    public int hashCode() {
        return 31 * inputs.hashCode() + outputs.hashCode();
    }

    @Override
    public String toString() {
        return "LedgerTx[inputs=" + inputs + ", outputs=" + outputs + "]";
    }
}
