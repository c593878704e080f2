package org.junitnomos.mantle;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * The transaction that begins a chain (node contract 2.8).
 *
 * @param signed the transaction with its proofs
 * @since 0.1
 */
@API(status = Status.INTERNAL, since = "0.1")
public record GenesisTx(SignedMantleTx signed) {

    public GenesisTx {
        MantleTx tx = signed.tx();
        require(tx.executionGasPrice() == 0 && tx.storageGasPrice() == 0, "gas prices of 0");
        require(tx.ledgerTx().inputs().isEmpty(), "no inputs");
        require(signed.opProofs().size() == tx.ops().size(), "one proof per operation");
        require(!tx.ops().isEmpty() && tx.ops().get(0) instanceof ChannelInscribe, "an inscription as operation 0");
        ChannelInscribe first = (ChannelInscribe) tx.ops().get(0);
        require(
                first.channel().equals(ChannelId.ZERO)
                        && first.parent().equals(MsgId.ZERO)
                        && first.signer().equals(Ed25519PublicKey.ZERO),
                "zero channel, parent and signer in operation 0");
        require(signed.opProofs().get(0) instanceof OpProof.NoProof, "no proof for operation 0");
        for (Op op : tx.ops().subList(1, tx.ops().size())) {
            require(op instanceof SdpDeclare, "only declarations after operation 0");
        }
    }

    /**
     * Creates a genesis transaction with the given notes and declarations and an all-zero ledger proof.
     *
     * @param inscription the bytes of the first operation
     * @param outputs the notes the chain begins with
     * @param declarations the declared providers
     * @param declarationProofs one proof per declaration; real nodes verify them at every start
     */
    public static GenesisTx create(
            byte[] inscription,
            List<Note> outputs,
            List<SdpDeclare> declarations,
            List<? extends OpProof> declarationProofs) {
        List<Op> ops = new ArrayList<>();
        ops.add(new ChannelInscribe(ChannelId.ZERO, inscription, MsgId.ZERO, Ed25519PublicKey.ZERO));
        ops.addAll(declarations);
        List<OpProof> proofs = new ArrayList<>();
        proofs.add(new OpProof.NoProof());
        proofs.addAll(declarationProofs);
        MantleTx tx = MantleTx.of(ops, LedgerTx.ofGenesis(outputs));
        return new GenesisTx(new SignedMantleTx(tx, proofs, ZkSignature.ZERO));
    }

    /** {@return the transaction without its proofs} */
    public MantleTx tx() {
        return signed.tx();
    }

    /** {@return the declared providers, in order} */
    public List<SdpDeclare> declarations() {
        List<SdpDeclare> declarations = new ArrayList<>();
        for (Op op : signed.tx().ops()) {
            if (op instanceof SdpDeclare declare) {
                declarations.add(declare);
            }
        }
        return declarations;
    }

    /** {@return the stake the chain begins with: the sum of all output values, never negative} */
    public BigInteger totalStake() {
        BigInteger sum = BigInteger.ZERO;
        for (Note note : signed.tx().ledgerTx().outputs()) {
            sum = sum.add(new BigInteger(Long.toUnsignedString(note.value())));
        }
        return sum;
    }

    /** {@return the header of the genesis block: slot 0, no parent, and as root the hash of this transaction itself} */
    public Header header() {
        ProofOfLeadership proof = new ProofOfLeadership(
                new byte[ProofOfLeadership.PROOF_LENGTH], Fr.ZERO, Ed25519PublicKey.ZERO, Fr.ZERO, null);
        BlockRoot root = new BlockRoot(signed.hash().value().toLittleEndianBytes());
        return new Header(HeaderId.ZERO, 0, root, proof);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("A genesis transaction must have " + rule + " (node contract 2.8).");
        }
    }

    /** By hand, as {@link #hashCode}: what a record derives is linked when it is first used, while nodes start. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof GenesisTx that && signed.equals(that.signed));
    }

    @Override
    public int hashCode() {
        return signed.hashCode();
    }
}
