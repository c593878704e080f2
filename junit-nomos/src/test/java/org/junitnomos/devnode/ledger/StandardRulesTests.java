package org.junitnomos.devnode.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junitnomos.devnode.TestGenesis;
import org.junitnomos.devnode.ledger.RejectedTransactionException.Reason;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.mantle.ChannelBlob;
import org.junitnomos.mantle.ChannelId;
import org.junitnomos.mantle.ChannelInscribe;
import org.junitnomos.mantle.ChannelSetKeys;
import org.junitnomos.mantle.DevProof;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.Ed25519Signature;
import org.junitnomos.mantle.GenesisTx;
import org.junitnomos.mantle.LeaderClaims;
import org.junitnomos.mantle.LedgerTx;
import org.junitnomos.mantle.MantleTx;
import org.junitnomos.mantle.MsgId;
import org.junitnomos.mantle.Note;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.mantle.OpProof;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.ZkSignature;

class StandardRulesTests {
    private final TestGenesis genesis = new TestGenesis(1, 3);
    private LedgerState state = GenesisLedger.of(new GenesisTx(genesis.transaction()));

    private void apply(SignedMantleTx transaction) {
        try {
            state = StandardRules.INSTANCE.apply(state, transaction, 1);
        } catch (RejectedTransactionException rejected) {
            throw new AssertionError(rejected);
        }
    }

    private RejectedTransactionException reject(SignedMantleTx transaction) {
        return catchThrowableOfType(
                RejectedTransactionException.class, () -> StandardRules.INSTANCE.apply(state, transaction, 1));
    }

    private Note to(int wallet, long value) {
        return new Note(value, genesis.walletKeys().get(wallet));
    }

    @Nested
    class Transfers {
        @Test
        void movesValueBetweenOwners() {
            SignedMantleTx payment = genesis.pay(0, List.of(genesis.walletNote(0)), List.of(to(1, 60), to(0, 40)));

            apply(payment);

            assertThat(state.balance(genesis.walletKeys().get(0))).isEqualTo(40);
            assertThat(state.balance(genesis.walletKeys().get(1))).isEqualTo(160);
            assertThat(state.notes().containsKey(genesis.walletNote(0))).isFalse();
            assertThat(state.notes().get(payment.tx().noteIds().get(0))).isEqualTo(to(1, 60));
        }

        @Test
        void keepsTheStateBefore() {
            LedgerState before = state;

            apply(genesis.renew(0, genesis.walletNote(0)));

            assertThat(before.notes().containsKey(genesis.walletNote(0))).isTrue();
            assertThat(before.notes().size()).isEqualTo(4);
        }

        @Test
        void rejectsASpentNote() {
            apply(genesis.renew(0, genesis.walletNote(0)));

            RejectedTransactionException rejected =
                    reject(genesis.pay(0, List.of(genesis.walletNote(0)), List.of(to(1, 100))));

            assertThat(rejected.reason()).isEqualTo(Reason.UNKNOWN_NOTE);
            assertThat(rejected).hasMessage("UNKNOWN_NOTE: input " + genesis.walletNote(0));
        }

        @Test
        void rejectsANoteNamedTwice() {
            NoteId note = genesis.walletNote(0);

            assertThat(reject(genesis.pay(0, List.of(note, note), List.of(to(0, 200))))
                            .reason())
                    .isEqualTo(Reason.DOUBLE_SPEND);
        }

        @Test
        void rejectsAProofOfAnotherOwner() {
            RejectedTransactionException rejected =
                    reject(genesis.pay(1, List.of(genesis.walletNote(0)), List.of(to(1, 100))));

            assertThat(rejected).hasMessage("INVALID_LEDGER_PROOF: not a dev proof of the owner of all 1 inputs");
        }

        @Test
        void rejectsInputsOfTwoOwners() {
            SignedMantleTx both =
                    genesis.pay(0, List.of(genesis.walletNote(0), genesis.walletNote(1)), List.of(to(0, 200)));

            assertThat(reject(both).reason()).isEqualTo(Reason.INVALID_LEDGER_PROOF);
        }

        @Test
        void rejectsAProofOfAnotherTransaction() {
            SignedMantleTx right = genesis.renew(0, genesis.walletNote(0));
            SignedMantleTx other = genesis.pay(0, List.of(genesis.walletNote(0)), List.of(to(1, 100)));

            assertThat(reject(TestGenesis.withProof(other, right.ledgerTxProof()))
                            .reason())
                    .isEqualTo(Reason.INVALID_LEDGER_PROOF);
        }

        @Test
        void rejectsAnEmptyProofAlsoWithoutInputs() {
            SignedMantleTx nothing =
                    new SignedMantleTx(MantleTx.of(List.of(), LedgerTx.EMPTY), List.of(), ZkSignature.ZERO);

            assertThat(reject(nothing).reason()).isEqualTo(Reason.INVALID_LEDGER_PROOF);
        }

        @Test
        void rejectsOutputsOfValueZero() {
            SignedMantleTx zero = genesis.pay(0, List.of(genesis.walletNote(0)), List.of(to(0, 100), to(1, 0)));

            assertThat(reject(zero)).hasMessage("ZERO_VALUE_NOTE: output 1");
        }

        @Test
        void rejectsOutputsAboveTheInputs() {
            assertThat(reject(genesis.pay(0, List.of(genesis.walletNote(0)), List.of(to(0, 101)))))
                    .hasMessage("INSUFFICIENT_BALANCE: inputs 100, outputs 101, gas 0");
        }

        @Test
        void rejectsOutputsBelowTheInputs() {
            assertThat(reject(genesis.pay(0, List.of(genesis.walletNote(0)), List.of(to(0, 99)))))
                    .hasMessage("UNBALANCED_TRANSACTION: inputs 100, outputs 99, gas 0");
        }

        @Test
        void rejectsASumBeyond64Bits() {
            SignedMantleTx huge = genesis.pay(0, List.of(genesis.walletNote(0)), List.of(to(0, -1), to(0, 101)));

            assertThat(reject(huge)).hasMessage("OVERFLOW: the sum of the outputs");
        }

        @Test
        void takesGasFromTheBalance() {
            MantleTx tx =
                    new MantleTx(List.of(), new LedgerTx(List.of(genesis.walletNote(0)), List.of(to(0, 100))), 1, 0);

            assertThat(reject(genesis.sign(0, tx, List.of())))
                    .hasMessage("INSUFFICIENT_BALANCE: inputs 100, outputs 100, gas 2705");
        }
    }

    @Nested
    class Channels {
        private final ChannelId channel = ChannelId.of(bytes(1));
        private final Ed25519PrivateKey writer = Ed25519PrivateKey.fromSeed(bytes(9));
        private final Ed25519PrivateKey stranger = Ed25519PrivateKey.fromSeed(bytes(8));

        private ChannelInscribe inscribe(Ed25519PrivateKey signer, MsgId parent, int text) {
            return new ChannelInscribe(channel, new byte[] {(byte) text}, parent, signer.publicKey());
        }

        private ChannelBlob blob(Ed25519PrivateKey signer, MsgId parent) {
            return new ChannelBlob(channel, 0, BlobId.of(bytes(5)), 31, 0, parent, signer.publicKey());
        }

        @Test
        void beginsAChannelWithAnInscription() {
            ChannelInscribe first = inscribe(writer, MsgId.ZERO, 1);

            apply(genesis.operate(writer, first));

            assertThat(state.channels().get(channel))
                    .isEqualTo(new Channel(first.msgId(), List.of(writer.publicKey())));
        }

        @Test
        void beginsAChannelWithABlobAndGoesOnWithinOneTransaction() {
            ChannelBlob first = blob(writer, MsgId.ZERO);
            ChannelInscribe second = inscribe(writer, first.msgId(), 2);

            apply(genesis.operate(writer, first, second));

            assertThat(state.channels().get(channel))
                    .isEqualTo(new Channel(second.msgId(), List.of(writer.publicKey())));
        }

        @Test
        void rejectsAParentThatIsNotTheLastMessage() {
            apply(genesis.operate(writer, inscribe(writer, MsgId.ZERO, 1)));

            RejectedTransactionException rejected = reject(genesis.operate(writer, blob(writer, MsgId.ZERO)));

            assertThat(rejected.reason()).isEqualTo(Reason.INVALID_PARENT);
        }

        @Test
        void rejectsASignerThatIsNoKeyOfTheChannel() {
            ChannelInscribe first = inscribe(writer, MsgId.ZERO, 1);
            apply(genesis.operate(writer, first));

            assertThat(reject(genesis.operate(stranger, inscribe(stranger, first.msgId(), 2)))
                            .reason())
                    .isEqualTo(Reason.UNAUTHORIZED_SIGNER);
        }

        @Test
        void rejectsAMessageSignedByAnotherKey() {
            RejectedTransactionException rejected = reject(genesis.operate(stranger, inscribe(writer, MsgId.ZERO, 1)));

            assertThat(rejected).hasMessage("INVALID_SHAPE: Invalid signature for operation at index 0");
        }

        @Test
        void rejectsAMessageWithoutProof() {
            MantleTx tx = MantleTx.of(List.of(inscribe(writer, MsgId.ZERO, 1)), LedgerTx.EMPTY);
            SignedMantleTx unproven = new SignedMantleTx(tx, List.of(new OpProof.NoProof()), DevProof.sign(tx, writer));

            assertThat(reject(unproven).reason()).isEqualTo(Reason.INVALID_OP_PROOF);
        }

        @Test
        void rejectsANumberOfProofsThatIsNotThatOfTheOperations() {
            MantleTx tx = MantleTx.of(List.of(inscribe(writer, MsgId.ZERO, 1)), LedgerTx.EMPTY);

            assertThat(reject(new SignedMantleTx(tx, List.of(), DevProof.sign(tx, writer)))
                            .reason())
                    .isEqualTo(Reason.INVALID_SHAPE);
        }

        @Test
        void setsKeysOfANewChannelWithoutSignature() {
            ChannelSetKeys keys = new ChannelSetKeys(channel, List.of(writer.publicKey(), stranger.publicKey()));

            apply(genesis.operate(stranger, keys));

            assertThat(state.channels().get(channel)).isEqualTo(new Channel(MsgId.ZERO, keys.keys()));
        }

        @Test
        void letsTheFirstKeyReplaceTheKeys() {
            ChannelInscribe first = inscribe(writer, MsgId.ZERO, 1);
            apply(genesis.operate(writer, first));

            apply(genesis.operate(writer, new ChannelSetKeys(channel, List.of(stranger.publicKey()))));

            assertThat(state.channels().get(channel))
                    .isEqualTo(new Channel(first.msgId(), List.of(stranger.publicKey())));
        }

        @Test
        void rejectsNewKeysNotSignedByTheFirstKey() {
            apply(genesis.operate(writer, inscribe(writer, MsgId.ZERO, 1)));

            assertThat(reject(genesis.operate(stranger, new ChannelSetKeys(channel, List.of(stranger.publicKey()))))
                            .reason())
                    .isEqualTo(Reason.INVALID_OP_PROOF);
        }

        @Test
        void rejectsAnEmptyListOfKeys() {
            assertThat(reject(genesis.operate(writer, new ChannelSetKeys(channel, List.of()))))
                    .hasMessage("EMPTY_KEYS: channel " + channel);
        }

        @Test
        void chargesForTheStorageOfBlobs() {
            ChannelBlob dear = new ChannelBlob(channel, 0, BlobId.of(bytes(5)), 50, 2, MsgId.ZERO, writer.publicKey());

            assertThat(reject(genesis.operate(writer, dear)))
                    .hasMessage("INSUFFICIENT_BALANCE: inputs 0, outputs 0, gas 100");
        }
    }

    @Test
    void rejectsLeaderClaims() {
        MantleTx tx = MantleTx.of(List.of(LeaderClaims.of(genesis.transaction().hash())), LedgerTx.EMPTY);
        SignedMantleTx claim = genesis.sign(0, tx, List.of(new OpProof.NoProof()));

        assertThat(reject(claim)).hasMessage("UNSUPPORTED_OP: opcode 48");
    }

    @Test
    void refusesToPriceTheStorageOfAnOperationWithTheWrongProof() {
        Ed25519PrivateKey key = Ed25519PrivateKey.ZERO;
        MantleTx tx = new MantleTx(
                List.of(new ChannelSetKeys(ChannelId.of(bytes(1)), List.of(key.publicKey()))), LedgerTx.EMPTY, 0, 1);
        SignedMantleTx odd = new SignedMantleTx(tx, List.of(new OpProof.NoProof()), DevProof.sign(tx, key));

        assertThat(reject(odd).reason()).isEqualTo(Reason.INVALID_OP_PROOF);
    }

    @Test
    void neverAcceptsASignatureOfZeros() {
        MantleTx tx = MantleTx.of(
                List.of(new ChannelInscribe(
                        ChannelId.of(bytes(1)), new byte[0], MsgId.ZERO, Ed25519PrivateKey.ZERO.publicKey())),
                LedgerTx.EMPTY);
        SignedMantleTx zeros = new SignedMantleTx(
                tx, List.of(new OpProof.Ed25519Sig(Ed25519Signature.ZERO)), DevProof.sign(tx, Ed25519PrivateKey.ZERO));

        assertThat(reject(zeros).reason()).isEqualTo(Reason.INVALID_SHAPE);
    }

    private static byte[] bytes(int value) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) value;
        return bytes;
    }
}
