package org.junitnomos.mantle;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * A block: header, signature and transactions (node contract 1.4, 2.9).
 *
 * <p>Its JSON forms are computed on first use and kept.
 *
 * @since 0.1
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class Block {

    /** Largest number of transactions of a block (node contract 2.5). */
    public static final int MAX_TRANSACTIONS = 1024;

    /** Largest block, and largest transaction, that a node stores or sends, in bytes (node contract 2.5). */
    public static final int MAX_STORED_LENGTH = 64 * 1024;

    /** What a node of a development build stores of a block without transactions, in bytes (node contract 2.5). */
    public static final int EMPTY_STORED_LENGTH = 500;

    /** What nodes are asked for are new blocks; the texts of all blocks would be most of what a run holds. */
    private static final Memo<Block, byte[]> STORAGE_FORMS = Memo.ofLastUsed(64);

    private static final Memo<Block, byte[]> API_FORMS = Memo.ofLastUsed(64);

    private final Header header;
    private final Ed25519Signature signature;
    private final List<SignedMantleTx> transactions;

    /**
     * Creates a block.
     *
     * @param header the header
     * @param signature the signature of the leader
     * @param transactions the transactions, at most {@value #MAX_TRANSACTIONS}; copied
     * @throws WireFormatException if there are too many transactions
     */
    public Block(Header header, Ed25519Signature signature, List<SignedMantleTx> transactions) {
        this.header = Objects.requireNonNull(header, "header");
        this.signature = Objects.requireNonNull(signature, "signature");
        this.transactions = WireLimits.atMost("transactions", transactions, MAX_TRANSACTIONS);
    }

    /** {@return the header} */
    public Header header() {
        return header;
    }

    /** {@return the id of this block, which is that of its header} */
    public HeaderId id() {
        return header.id();
    }

    /** {@return the signature of the leader} */
    public Ed25519Signature signature() {
        return signature;
    }

    /** {@return the transactions in order; unmodifiable} */
    public List<SignedMantleTx> transactions() {
        return transactions;
    }

    /** {@return the hashes of the transactions, in their order} */
    public List<TxHash> transactionHashes() {
        List<TxHash> hashes = new ArrayList<>(transactions.size());
        for (SignedMantleTx transaction : transactions) {
            hashes.add(transaction.hash());
        }
        return hashes;
    }

    /** Checks that the block root in the header is that of the transactions of this block. */
    public boolean hasMatchingRoot() {
        return header.blockRoot().equals(BlockRoot.of(transactionHashes()));
    }

    /**
     * Returns the length in bytes of this block in the store of a node (node contract 2.5), which takes no more than
     * {@value #MAX_STORED_LENGTH}.
     */
    public int storedLength() {
        int length = EMPTY_STORED_LENGTH;
        for (SignedMantleTx transaction : transactions) {
            length += transaction.storedLength();
        }
        return length;
    }

    /** Returns the form of {@code POST /storage/block}; not to be changed. */
    byte[] storageJson() {
        return STORAGE_FORMS.get(this, BlockJsonWriter::storageForm);
    }

    /** Returns the form of {@code GET /cryptarchia/blocks}; not to be changed. */
    byte[] apiJson() {
        return API_FORMS.get(this, BlockJsonWriter::apiForm);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Block that
                        && header.equals(that.header)
                        && signature.equals(that.signature)
                        && transactions.equals(that.transactions));
    }

    @Override
    public int hashCode() {
        return header.hashCode();
    }

    @Override
    public String toString() {
        return "Block[id=" + id() + ", header=" + header + ", transactions=" + transactions.size() + "]";
    }
}
