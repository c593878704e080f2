package org.junitnomos.client;

import java.util.ArrayList;
import java.util.List;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.BlockRoot;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.Ed25519Signature;
import org.junitnomos.mantle.Fr;
import org.junitnomos.mantle.Header;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.LedgerTx;
import org.junitnomos.mantle.MantleTx;
import org.junitnomos.mantle.Note;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.mantle.ProofOfLeadership;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.mantle.ZkPublicKey;
import org.junitnomos.mantle.ZkSignature;

/** Blocks and transactions for tests. */
public final class WireFixtures {

    public static final HeaderId GENESIS = id(0);

    private WireFixtures() {}

    /** An id whose first byte tells it apart. */
    public static HeaderId id(int number) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) number;
        bytes[1] = (byte) (number >> 8);
        bytes[31] = 0x11;
        return HeaderId.of(bytes);
    }

    /** A transaction that turns one note into another of the same value. */
    public static SignedMantleTx transfer(long note) {
        LedgerTx ledger = new LedgerTx(
                List.of(new NoteId(Fr.of(note))), List.of(new Note(100 + note, new ZkPublicKey(Fr.of(note)))));
        return new SignedMantleTx(MantleTx.of(List.of(), ledger), List.of(), ZkSignature.ZERO);
    }

    public static Block block(HeaderId parent, long slot, SignedMantleTx... transactions) {
        List<TxHash> hashes = new ArrayList<>();
        for (SignedMantleTx transaction : transactions) {
            hashes.add(transaction.hash());
        }
        ProofOfLeadership proof = new ProofOfLeadership(
                new byte[ProofOfLeadership.PROOF_LENGTH], Fr.ZERO, Ed25519PrivateKey.ZERO.publicKey(), Fr.ZERO, null);
        return new Block(
                new Header(parent, slot, BlockRoot.of(hashes), proof), Ed25519Signature.ZERO, List.of(transactions));
    }
}
