package org.junitnomos.devnode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junitnomos.mantle.ChannelId;
import org.junitnomos.mantle.ChannelInscribe;
import org.junitnomos.mantle.DevProof;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.Fr;
import org.junitnomos.mantle.GenesisTx;
import org.junitnomos.mantle.LedgerTx;
import org.junitnomos.mantle.MantleTx;
import org.junitnomos.mantle.MsgId;
import org.junitnomos.mantle.Multiaddr;
import org.junitnomos.mantle.Note;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.mantle.Op;
import org.junitnomos.mantle.OpProof;
import org.junitnomos.mantle.SdpDeclare;
import org.junitnomos.mantle.ServiceType;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.ZkPublicKey;
import org.junitnomos.mantle.ZkSecretKey;
import org.junitnomos.mantle.ZkSignature;

/** Makes a genesis of leaders with notes of 1000 and wallets with notes of 100, and signs for the wallets. */
public final class TestGenesis {
    public static final long LEADER_VALUE = 1000;
    public static final long WALLET_VALUE = 100;

    private final List<ZkSecretKey> leaders = new ArrayList<>();
    private final List<Ed25519PrivateKey> wallets = new ArrayList<>();
    private final List<ZkPublicKey> walletKeys = new ArrayList<>();
    private final SignedMantleTx transaction;

    public TestGenesis(int leaderCount, int walletCount) {
        this(leaderCount, walletCount, "test");
    }

    public TestGenesis(int leaderCount, int walletCount, String inscription) {
        this(leaderCount, walletCount, 0, inscription);
    }

    /** Let as many nodes declare data availability; each locks a note of 1. */
    public static TestGenesis withProviders(int leaderCount, int walletCount, int providers) {
        return new TestGenesis(leaderCount, walletCount, providers, "test");
    }

    private TestGenesis(int leaderCount, int walletCount, int providers, String inscription) {
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < leaderCount; i++) {
            leaders.add(new ZkSecretKey(Fr.of(1000L + i)));
            notes.add(new Note(LEADER_VALUE, leaders.get(i).toPublicKey()));
        }
        for (int i = 0; i < walletCount; i++) {
            byte[] seed = new byte[32];
            seed[0] = (byte) i;
            seed[1] = (byte) (i >> 8);
            seed[2] = 7;
            wallets.add(Ed25519PrivateKey.fromSeed(seed));
            walletKeys.add(DevProof.ownerOf(wallets.get(i).publicKey()));
            notes.add(new Note(WALLET_VALUE, walletKeys.get(i)));
        }
        transaction = declare(inscription.getBytes(StandardCharsets.UTF_8), notes, providers);
    }

    static Ed25519PrivateKey provider(int index) {
        byte[] seed = new byte[32];
        seed[0] = (byte) (index + 1);
        seed[2] = 9;
        return Ed25519PrivateKey.fromSeed(seed);
    }

    private static SignedMantleTx declare(byte[] inscription, List<Note> notes, int providers) {
        int first = notes.size();
        for (int i = 0; i < providers; i++) {
            notes.add(new Note(1, DevProof.ownerOf(provider(i).publicKey())));
        }
        List<NoteId> ids = new LedgerTx(List.of(), notes).noteIds();
        List<SdpDeclare> declarations = new ArrayList<>();
        for (int i = 0; i < providers; i++) {
            declarations.add(new SdpDeclare(
                    ServiceType.DATA_AVAILABILITY,
                    List.of(Multiaddr.parse("/dns4/node-" + i + "/udp/3300/quic-v1")),
                    provider(i).publicKey(),
                    notes.get(first + i).owner(),
                    ids.get(first + i)));
        }
        List<OpProof> proofs = new ArrayList<>(Collections.nCopies(providers, new OpProof.NoProof()));
        MantleTx tx = GenesisTx.create(inscription, notes, declarations, proofs).tx();
        for (int i = 0; i < providers; i++) {
            proofs.set(
                    i,
                    new OpProof.ZkAndEd25519Sigs(
                            DevProof.sign(tx, provider(i)), provider(i).sign(tx.hash())));
        }
        return GenesisTx.create(inscription, notes, declarations, proofs).signed();
    }

    public SignedMantleTx transaction() {
        return transaction;
    }

    /** Nodes beyond the leaders get a key without notes. */
    public ZkSecretKey leader(int index) {
        return index < leaders.size() ? leaders.get(index) : new ZkSecretKey(Fr.of(5000L + index));
    }

    public List<ZkPublicKey> walletKeys() {
        return walletKeys;
    }

    public Ed25519PrivateKey wallet(int index) {
        return wallets.get(index);
    }

    public NoteId walletNote(int index) {
        return transaction.tx().noteIds().get(leaders.size() + index);
    }

    /** Send a wallet's note to itself. */
    public SignedMantleTx renew(int wallet, NoteId note) {
        return pay(wallet, List.of(note), List.of(new Note(WALLET_VALUE, walletKeys.get(wallet))));
    }

    public SignedMantleTx pay(int wallet, List<NoteId> inputs, List<Note> outputs) {
        return sign(wallet, MantleTx.of(List.of(), new LedgerTx(inputs, outputs)), List.of());
    }

    public SignedMantleTx sign(int wallet, MantleTx tx, List<OpProof> proofs) {
        return new SignedMantleTx(tx, proofs, DevProof.sign(tx, wallets.get(wallet)));
    }

    /** Write bytes into a channel of the wallet's own. */
    public SignedMantleTx inscribe(int wallet, int length) {
        byte[] channel = new byte[32];
        channel[0] = (byte) wallet;
        channel[1] = 1;
        return operate(
                wallets.get(wallet),
                new ChannelInscribe(
                        ChannelId.of(channel),
                        new byte[length],
                        MsgId.ZERO,
                        wallets.get(wallet).publicKey()));
    }

    /** Sign operations without inputs and outputs; each with the same Ed25519 key. */
    public SignedMantleTx operate(Ed25519PrivateKey signer, Op... ops) {
        MantleTx tx = MantleTx.of(List.of(ops), LedgerTx.EMPTY);
        List<OpProof> proofs = new ArrayList<>();
        for (int i = 0; i < ops.length; i++) {
            proofs.add(new OpProof.Ed25519Sig(signer.sign(tx.hash())));
        }
        return new SignedMantleTx(tx, proofs, DevProof.sign(tx, signer));
    }

    public static SignedMantleTx withProof(SignedMantleTx signed, ZkSignature proof) {
        return new SignedMantleTx(signed.tx(), signed.opProofs(), proof);
    }
}
