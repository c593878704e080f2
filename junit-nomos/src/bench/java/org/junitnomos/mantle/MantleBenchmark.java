package org.junitnomos.mantle;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Measure what a run of many virtual minutes does most. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MantleBenchmark {

    private final Ed25519PrivateKey key = Ed25519PrivateKey.fromSeed(new byte[] {
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
    });
    private final ZkPublicKey owner = DevProof.ownerOf(key.publicKey());
    private final List<NoteId> inputs = List.of(new NoteId(Fr.of(77)));
    private final List<Note> outputs = List.of(new Note(100, owner));
    private final MantleTx transfer = transfer();
    private final SignedMantleTx signed = sign(transfer);
    private final byte[] signedJson = MantleJson.encode(signed);
    private final byte[] signedBytes = MantleCodec.encode(signed);
    private final byte[] message = signed.hash().signingBytes();
    private final Ed25519Signature signature = key.sign(message);
    private final Block block = block();
    private final byte[] blockJson = MantleJson.encode(block);
    private final NoteLottery lottery = new NoteLottery(
            LotteryParameters.of(0.5, 1000), Fr.of(5), new NoteId(Fr.of(6)), 100, new ZkSecretKey(Fr.of(7)));
    private final long[] state = new long[Poseidon2.STATE];
    private Fr left = Fr.fromHex("10".repeat(32));
    private final Fr right = Fr.fromHex("21".repeat(32));
    private long slot;

    /** Multiply two field elements, from and to canonical form. */
    @Benchmark
    public Fr frMultiply() {
        left = left.multiply(right);
        return left;
    }

    /** Multiply two field elements in Montgomery form. */
    @Benchmark
    public long montgomeryMultiply() {
        Field.multiply(state, 0, state, 0, state, Field.LIMBS);
        return state[0];
    }

    /** Permute once. */
    @Benchmark
    public long permutation() {
        Poseidon2.permute(state);
        return state[0];
    }

    /** Hash a transfer of one note to one note. */
    @Benchmark
    public TxHash transactionHash() {
        return transfer().hash();
    }

    /** Compute all ids of that transfer: its hash, that of its ledger transaction, and its note. */
    @Benchmark
    public Object transactionIds() {
        MantleTx tx = transfer();
        return tx.hash().value().add(tx.noteIds().get(0).value());
    }

    /** Sign 32 bytes. */
    @Benchmark
    public Ed25519Signature ed25519Sign() {
        return key.sign(message);
    }

    /** Verify a signature of 32 bytes. */
    @Benchmark
    public boolean ed25519Verify() {
        return key.publicKey().verify(message, signature);
    }

    /** Verify the dev proof of a transaction that was seen before. */
    @Benchmark
    public boolean devProofVerifyAgain() {
        return DevProof.verify(signed, List.of(owner));
    }

    /** Draw a lottery ticket. */
    @Benchmark
    public boolean lotteryTicket() {
        return lottery.wins(slot++);
    }

    /** Write a transfer as JSON. */
    @Benchmark
    public byte[] transactionToJson() {
        return MantleJson.encode(signed);
    }

    /** Read a transfer from JSON. */
    @Benchmark
    public SignedMantleTx transactionFromJson() {
        return MantleJson.decodeSignedTx(signedJson);
    }

    /** Read a transfer from its binary encoding. */
    @Benchmark
    public SignedMantleTx transactionFromBytes() {
        return MantleCodec.decodeSignedTx(signedBytes);
    }

    /** Write a block of ten transfers as JSON. */
    @Benchmark
    public byte[] blockToJson() {
        return BlockJsonWriter.storageForm(block);
    }

    /** Read a block of ten transfers from JSON. */
    @Benchmark
    public Block blockFromJson() {
        return MantleJson.decodeBlock(blockJson);
    }

    private MantleTx transfer() {
        return MantleTx.of(List.of(), new LedgerTx(inputs, outputs));
    }

    private SignedMantleTx sign(MantleTx tx) {
        return new SignedMantleTx(tx, List.of(), DevProof.sign(tx, key));
    }

    private Block block() {
        ProofOfLeadership proof =
                ProofOfLeadership.development(new ProofOfLeadership.PublicInputs(7, Fr.ONE, 1000, Fr.ONE, Fr.ONE));
        List<SignedMantleTx> transactions = Collections.nCopies(10, signed);
        Header header = new Header(HeaderId.ZERO, 7, BlockRoot.of(List.of()), proof);
        return new Block(header, Ed25519PrivateKey.ZERO.sign(message), transactions);
    }
}
