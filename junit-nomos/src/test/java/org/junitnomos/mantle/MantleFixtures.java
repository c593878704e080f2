package org.junitnomos.mantle;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Build values for the tests of this package. */
final class MantleFixtures {

    static final Ed25519PrivateKey KEY_4 = Ed25519PrivateKey.fromSeed(filled(4));
    static final ZkPublicKey WALLET_0 = new ZkSecretKey(Fr.of(0x6c77)).toPublicKey();

    private MantleFixtures() {}

    static byte[] filled(int value) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    static ChannelInscribe hello(int channel, int parent, Ed25519PublicKey signer) {
        byte[] text = "hello".getBytes(StandardCharsets.US_ASCII);
        return new ChannelInscribe(ChannelId.of(filled(channel)), text, MsgId.of(filled(parent)), signer);
    }

    /** The inscription on channel 01.. by the all-zero seed, as in the contract. */
    static SignedMantleTx sampleInscription() {
        MantleTx tx = MantleTx.of(List.of(hello(1, 0, Ed25519PrivateKey.ZERO.publicKey())), LedgerTx.EMPTY);
        return new SignedMantleTx(
                tx, List.of(new OpProof.Ed25519Sig(Ed25519PrivateKey.ZERO.sign(tx.hash()))), ZkSignature.ZERO);
    }

    /** The genesis of the sample configurations: one note of value 1. */
    static GenesisTx sampleGenesis() {
        byte[] text = "genesis".getBytes(StandardCharsets.US_ASCII);
        return GenesisTx.create(text, List.of(new Note(1, new ZkPublicKey(Fr.of(1234)))), List.of(), List.of());
    }

    static SignedMantleTx transfer(Ed25519PrivateKey key, NoteId input, Note... outputs) {
        MantleTx tx = MantleTx.of(List.of(), new LedgerTx(List.of(input), List.of(outputs)));
        return new SignedMantleTx(tx, List.of(), DevProof.sign(tx, key));
    }

    static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    static Fr fr(Random random) {
        return random.nextInt(5) == 0 ? Fr.of(BigInteger.ONE.negate()) : Fr.of(new BigInteger(254, random));
    }

    static ZkSignature zkSignature(Random random) {
        return ZkSignature.of(bytes(random, 128));
    }

    static Ed25519Signature signature(Random random) {
        return Ed25519Signature.of(bytes(random, 64));
    }

    static Ed25519PublicKey publicKey(Random random) {
        return Ed25519PublicKey.of(bytes(random, 32));
    }

    static <T> List<T> list(Random random, int bound, Supplier<T> element) {
        List<T> list = new ArrayList<>();
        int size = random.nextInt(bound);
        for (int i = 0; i < size; i++) {
            list.add(element.get());
        }
        return list;
    }

    static LedgerTx ledgerTx(Random random) {
        return new LedgerTx(
                list(random, 4, () -> new NoteId(fr(random))),
                list(random, 4, () -> new Note(random.nextLong(), new ZkPublicKey(fr(random)))));
    }

    static Op op(Random random) {
        return switch (random.nextInt(6)) {
            case 0 ->
                new ChannelInscribe(
                        ChannelId.of(bytes(random, 32)),
                        bytes(random, random.nextInt(200)),
                        MsgId.of(bytes(random, 32)),
                        publicKey(random));
            case 1 ->
                new ChannelBlob(
                        ChannelId.of(bytes(random, 32)),
                        random.nextLong(),
                        BlobId.of(bytes(random, 32)),
                        random.nextLong(),
                        random.nextLong(),
                        MsgId.of(bytes(random, 32)),
                        publicKey(random));
            case 2 -> new ChannelSetKeys(ChannelId.of(bytes(random, 32)), list(random, 4, () -> publicKey(random)));
            case 3 -> declaration(random);
            case 4 -> new SdpWithdraw(DeclarationId.of(bytes(random, 32)), new NoteId(fr(random)), random.nextLong());
            default -> new SdpActive(DeclarationId.of(bytes(random, 32)), random.nextLong(), metadata(random));
        };
    }

    static SdpDeclare declaration(Random random) {
        return new SdpDeclare(
                ServiceType.values()[random.nextInt(2)],
                list(random, 3, () -> Multiaddr.parse("/ip4/10.0.0." + random.nextInt(256) + "/udp/3000/quic-v1")),
                publicKey(random),
                new ZkPublicKey(fr(random)),
                new NoteId(fr(random)));
    }

    static ActivityMetadata metadata(Random random) {
        return random.nextBoolean()
                ? new ActivityMetadata.DataAvailability(
                        random.nextLong(), bytes(random, random.nextInt(40)), bytes(random, random.nextInt(40)))
                : new ActivityMetadata.Blend(
                        random.nextLong(), publicKey(random), fr(random), zkSignature(random), fr(random));
    }

    /** Give every operation a proof of the kind it needs. */
    static SignedMantleTx signedTx(Random random) {
        List<Op> ops = list(random, 4, () -> op(random));
        List<OpProof> proofs = new ArrayList<>();
        for (Op op : ops) {
            if (op instanceof SdpDeclare) {
                proofs.add(new OpProof.ZkAndEd25519Sigs(zkSignature(random), signature(random)));
            } else if (op instanceof SdpWithdraw || op instanceof SdpActive) {
                proofs.add(new OpProof.ZkSig(zkSignature(random)));
            } else {
                proofs.add(new OpProof.Ed25519Sig(signature(random)));
            }
        }
        MantleTx tx = new MantleTx(ops, ledgerTx(random), random.nextLong(), random.nextLong());
        return new SignedMantleTx(tx, proofs, zkSignature(random));
    }

    static Block block(Random random) {
        ProofOfLeadership.PublicInputs inputs = random.nextBoolean()
                ? null
                : new ProofOfLeadership.PublicInputs(
                        random.nextLong(), fr(random), random.nextLong(), fr(random), fr(random));
        ProofOfLeadership proof =
                new ProofOfLeadership(bytes(random, 128), fr(random), publicKey(random), fr(random), inputs);
        Header header =
                new Header(HeaderId.of(bytes(random, 32)), random.nextLong(), BlockRoot.of(bytes(random, 32)), proof);
        return new Block(header, signature(random), list(random, 4, () -> signedTx(random)));
    }
}
