package org.junitnomos.mantle;

import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * A transaction before it is signed: operations, a ledger transaction and gas prices (node contract 2.1).
 *
 * <p>Encoding and hash are computed on first use and kept. Decoders return the same object for the same content while
 * it is among the 8192 used last, so a transaction seen by several nodes of one JVM is hashed once.
 *
 * @since 0.1
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class MantleTx {

    /** Largest number of operations the wire format can carry. */
    public static final int MAX_OPS = 255;

    /** One object for equal values, whose hashes are then computed once. */
    private static final Memo<MantleTx, MantleTx> INTERNED = Memo.ofLastUsed(8192);

    private final List<Op> ops;
    private final LedgerTx ledgerTx;
    private final long executionGasPrice;
    private final long storageGasPrice;
    private int hashCode;
    private volatile byte @Nullable [] encoded;
    private volatile @Nullable TxHash hash;

    /**
     * Creates a transaction.
     *
     * @param ops the operations, at most {@value #MAX_OPS}; copied
     * @param ledgerTx the movement of value; {@link LedgerTx#EMPTY} for none
     * @param executionGasPrice the price of a unit of execution gas, unsigned
     * @param storageGasPrice the price of a stored byte, unsigned
     * @throws WireFormatException if there are more operations than the wire format can carry
     */
    public MantleTx(List<? extends Op> ops, LedgerTx ledgerTx, long executionGasPrice, long storageGasPrice) {
        this.ops = List.copyOf(WireLimits.atMost("ops", ops, MAX_OPS));
        this.ledgerTx = Objects.requireNonNull(ledgerTx, "ledgerTx");
        this.executionGasPrice = executionGasPrice;
        this.storageGasPrice = storageGasPrice;
    }

    /**
     * Creates a transaction without gas prices.
     *
     * @param ops the operations, at most {@value #MAX_OPS}; copied
     * @param ledgerTx the movement of value; {@link LedgerTx#EMPTY} for none
     * @return the transaction
     */
    public static MantleTx of(List<? extends Op> ops, LedgerTx ledgerTx) {
        return new MantleTx(ops, ledgerTx, 0, 0);
    }

    /** {@return the operations in order; unmodifiable} */
    public List<Op> ops() {
        return ops;
    }

    /** {@return the ledger transaction, which moves the value} */
    public LedgerTx ledgerTx() {
        return ledgerTx;
    }

    /** {@return the price of a unit of execution gas as an unsigned 64-bit number} */
    public long executionGasPrice() {
        return executionGasPrice;
    }

    /** {@return the price of a stored byte as an unsigned 64-bit number} */
    public long storageGasPrice() {
        return storageGasPrice;
    }

    /** {@return the id of this transaction everywhere: the Poseidon2 digest of the encoding (node contract 2.3)} */
    public TxHash hash() {
        TxHash known = hash;
        if (known == null) {
            known = new TxHash(DomainTags.MANTLE_TX.absorbBytes(encoded()).digest());
            hash = known;
        }
        return known;
    }

    /**
     * {@return the ids of the notes this transaction creates by the rule of the node, one per output, in order;
     * unmodifiable}
     */
    public List<NoteId> noteIds() {
        return ledgerTx.noteIds();
    }

    /** Returns the canonical encoding; not to be changed. */
    byte[] encoded() {
        byte[] known = encoded;
        if (known == null) {
            known = MantleEncoder.mantleTx(this);
            encoded = known;
        }
        return known;
    }

    /** Returns the object of the same content that was seen before, or remembers this one. */
    MantleTx interned() {
        return INTERNED.keep(this, this);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof MantleTx that
                        && executionGasPrice == that.executionGasPrice
                        && storageGasPrice == that.storageGasPrice
                        && ledgerTx.equals(that.ledgerTx)
                        && ops.equals(that.ops));
    }

    @Override
    public int hashCode() {
        int known = hashCode;
        if (known == 0) {
            known = 31 * (31 * ops.hashCode() + ledgerTx.hashCode())
                    + Long.hashCode(executionGasPrice ^ storageGasPrice);
            hashCode = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return "MantleTx[ops=" + ops + ", ledgerTx=" + ledgerTx + ", executionGasPrice="
                + Long.toUnsignedString(executionGasPrice) + ", storageGasPrice="
                + Long.toUnsignedString(storageGasPrice) + "]";
    }
}
