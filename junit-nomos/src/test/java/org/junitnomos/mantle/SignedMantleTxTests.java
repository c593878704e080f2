package org.junitnomos.mantle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitnomos.mantle.MantleFixtures.KEY_4;
import static org.junitnomos.mantle.MantleFixtures.filled;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SignedMantleTxTests {

    private final SignedMantleTx sample = MantleFixtures.sampleInscription();

    @Nested
    class ShapeChecks {

        @Test
        void acceptsAValidSignature() {
            assertThat(sample.findShapeError()).isEmpty();
            sample.verifyShape();
        }

        @Test
        void countsProofs() {
            assertError(List.of(), "Number of proofs (0) does not match number of operations (1)");
        }

        @Test
        void rejectsAZkSignatureOfAChannelMessage() {
            assertError(List.of(new OpProof.ZkSig(ZkSignature.ZERO)), "Incorrect proof type for operation at index 0");
        }

        @Test
        void rejectsABadSignature() {
            assertError(
                    List.of(new OpProof.Ed25519Sig(Ed25519Signature.ZERO)),
                    "Invalid signature for operation at index 0");
        }

        @Test
        void rejectsASignatureOfTheCanonicalBytes() {
            byte[] canonical = sample.hash().value().toLittleEndianBytes();
            assertError(
                    List.of(new OpProof.Ed25519Sig(Ed25519PrivateKey.ZERO.sign(canonical))),
                    "Invalid signature for operation at index 0");
        }

        @Test
        void letsMissingAndDoubleProofsPassAsTheNodeDoes() {
            assertThat(with(List.of(new OpProof.NoProof())).findShapeError()).isEmpty();
            assertThat(with(List.of(new OpProof.ZkAndEd25519Sigs(ZkSignature.ZERO, Ed25519Signature.ZERO)))
                            .findShapeError())
                    .isEmpty();
        }

        private void assertError(List<OpProof> proofs, String error) {
            assertThat(with(proofs).findShapeError()).contains(error);
            assertThatThrownBy(() -> with(proofs).verifyShape())
                    .isInstanceOf(WireFormatException.class)
                    .hasMessage(error);
        }

        private SignedMantleTx with(List<OpProof> proofs) {
            return new SignedMantleTx(sample.tx(), proofs, ZkSignature.ZERO);
        }
    }

    @Nested
    class GasCosts {

        @Test
        void isFreeWithoutPrices() {
            assertThat(sample.gasCost()).isZero();
        }

        @Test
        void addsExecutionStorageAndBlobs() {
            ChannelBlob blob =
                    new ChannelBlob(ChannelId.ZERO, 0, BlobId.ZERO, 70_000, 3, MsgId.ZERO, KEY_4.publicKey());
            MantleTx tx = new MantleTx(List.of(blob), LedgerTx.EMPTY, 2, 5);
            OpProof proof = new OpProof.Ed25519Sig(KEY_4.sign(tx.hash()));
            SignedMantleTx signed = new SignedMantleTx(tx, List.of(proof), ZkSignature.ZERO);
            int length = MantleCodec.encode(signed).length;
            assertThat(length).isEqualTo(1 + 1 + 152 + 2 + 16 + 64 + 128);
            assertThat(signed.gasCost())
                    .isEqualTo(BigInteger.valueOf((2705 + 800 + 100 * 2) * 2L + length * 5L + 70_000 * 3L));
        }

        @Test
        void doesNotOverflow() {
            ChannelBlob blob = new ChannelBlob(ChannelId.ZERO, 0, BlobId.ZERO, -1, -1, MsgId.ZERO, KEY_4.publicKey());
            MantleTx tx = MantleTx.of(List.of(blob), LedgerTx.EMPTY);
            BigInteger most = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
            assertThat(new SignedMantleTx(tx, List.of(new OpProof.NoProof()), ZkSignature.ZERO).gasCost())
                    .isEqualTo(most.multiply(most));
        }

        @Test
        void cannotPriceTheStorageOfAProofOfAnotherKind() {
            MantleTx tx = new MantleTx(sample.tx().ops(), LedgerTx.EMPTY, 0, 1);
            SignedMantleTx signed = new SignedMantleTx(tx, List.of(new OpProof.NoProof()), ZkSignature.ZERO);
            assertThatThrownBy(signed::gasCost)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("Mismatch between proof type and operation type");
        }
    }

    @Nested
    class DevProofs {

        private final ZkPublicKey owner = DevProof.ownerOf(KEY_4.publicKey());
        private final SignedMantleTx transfer =
                MantleFixtures.transfer(KEY_4, new NoteId(Fr.ONE), new Note(1, MantleFixtures.WALLET_0));

        @Test
        void acceptsTheOwnerOfAllInputs() {
            assertThat(DevProof.verify(transfer, List.of(owner))).isTrue();
            assertThat(DevProof.verify(transfer, List.of(owner, owner))).isTrue();
            assertThat(DevProof.verify(transfer, List.of())).isTrue();
        }

        @Test
        void rejectsAnotherOwner() {
            assertThat(DevProof.verify(transfer, List.of(MantleFixtures.WALLET_0)))
                    .isFalse();
            assertThat(DevProof.verify(transfer, List.of(owner, MantleFixtures.WALLET_0)))
                    .isFalse();
        }

        @Test
        void isBoundToTheTransaction() {
            SignedMantleTx other = new SignedMantleTx(sample.tx(), sample.opProofs(), transfer.ledgerTxProof());
            assertThat(DevProof.verify(other, List.of())).isFalse();
        }

        @Test
        void rejectsAnyChangedByte() {
            for (int i = 0; i < ZkSignature.LENGTH; i++) {
                byte[] proof = transfer.ledgerTxProof().toBytes();
                proof[i] ^= 1;
                SignedMantleTx changed = new SignedMantleTx(transfer.tx(), List.of(), ZkSignature.of(proof));
                assertThat(DevProof.verify(changed, List.of(owner))).isFalse();
            }
            assertThat(DevProof.verify(new SignedMantleTx(transfer.tx(), List.of(), ZkSignature.ZERO), List.of()))
                    .isFalse();
        }

        @Test
        void derivesTheOwnerFromTheKeyModuloTheField() {
            Ed25519PublicKey large = Ed25519PublicKey.of(filled(0xff));
            BigInteger all = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);
            assertThat(DevProof.ownerOf(large)).isEqualTo(new ZkSecretKey(Fr.of(all)).toPublicKey());
        }
    }

    @Nested
    class Sharing {

        @Test
        void returnsTheSameObjectForTheSameContent() {
            SignedMantleTx signed = MantleFixtures.signedTx(new Random(77));
            SignedMantleTx first = MantleJson.decodeSignedTx(MantleJson.encode(signed));
            assertThat(MantleJson.decodeSignedTx(MantleJson.encode(signed))).isSameAs(first);
            assertThat(MantleCodec.decodeSignedTx(MantleCodec.encode(signed))).isSameAs(first);
            assertThat(MantleCodec.decodeTx(MantleCodec.encode(signed.tx()))).isSameAs(first.tx());
        }

        @Test
        void sharesTheTransactionOfDifferentProofs() {
            SignedMantleTx other = new SignedMantleTx(sample.tx(), List.of(new OpProof.NoProof()), ZkSignature.ZERO);
            assertThat(MantleJson.decodeSignedTx(MantleJson.encode(other)).tx())
                    .isSameAs(
                            MantleJson.decodeSignedTx(MantleJson.encode(sample)).tx());
        }

        @Test
        void forgetsWhatWasNotUsedLast() {
            Memo<String, String> memo = Memo.ofLastUsed(3);
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                String text = "value " + i;
                texts.add(memo.keep(text, text));
            }
            assertThat(memo.size()).isEqualTo(3);
            assertThat(memo.get("value " + 9)).isSameAs(texts.get(9));
            assertThat(memo.get("value " + 0)).isNull();
        }
    }

    @Test
    void protectsItsArraysFromCallers() {
        byte[] inscription = {1, 2, 3};
        ChannelInscribe op = new ChannelInscribe(ChannelId.ZERO, inscription, MsgId.ZERO, Ed25519PublicKey.ZERO);
        inscription[0] = 9;
        op.inscription()[1] = 9;
        assertThat(op.inscription()).containsExactly(1, 2, 3);
        MantleTx tx = MantleTx.of(List.of(op), LedgerTx.EMPTY);
        MantleCodec.encode(tx)[0] = 9;
        assertThat(MantleCodec.encode(tx)[0]).isEqualTo((byte) 1);
    }
}
