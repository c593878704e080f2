package org.junitnomos.devnode.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junitnomos.devnode.TestGenesis;
import org.junitnomos.devnode.ledger.RejectedTransactionException.Reason;
import org.junitnomos.mantle.ActivityMetadata;
import org.junitnomos.mantle.DeclarationId;
import org.junitnomos.mantle.DevProof;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.GenesisTx;
import org.junitnomos.mantle.LedgerTx;
import org.junitnomos.mantle.MantleTx;
import org.junitnomos.mantle.Multiaddr;
import org.junitnomos.mantle.Note;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.mantle.Op;
import org.junitnomos.mantle.OpProof;
import org.junitnomos.mantle.SdpActive;
import org.junitnomos.mantle.SdpDeclare;
import org.junitnomos.mantle.SdpWithdraw;
import org.junitnomos.mantle.ServiceType;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.ZkSignature;

class SdpRulesTests {
    private final TestGenesis genesis = new TestGenesis(1, 2);
    private final Ed25519PrivateKey provider = Ed25519PrivateKey.ZERO;
    private LedgerState state = GenesisLedger.of(new GenesisTx(genesis.transaction()));

    private SdpDeclare declaration(int wallet, ServiceType service, NoteId note) {
        return new SdpDeclare(
                service,
                List.of(Multiaddr.parse("/ip4/127.0.0.1/udp/3300/quic-v1")),
                provider.publicKey(),
                genesis.walletKeys().get(wallet),
                note);
    }

    private SignedMantleTx declare(int signer, SdpDeclare declare) {
        return sign(
                signer,
                declare,
                proof -> new OpProof.ZkAndEd25519Sigs(
                        proof, provider.sign(txOf(declare).hash())));
    }

    private SignedMantleTx sign(int signer, Op op, Function<ZkSignature, OpProof> proof) {
        MantleTx tx = txOf(op);
        return genesis.sign(signer, tx, List.of(proof.apply(DevProof.sign(tx, genesis.wallet(signer)))));
    }

    private static MantleTx txOf(Op op) {
        return MantleTx.of(List.of(op), LedgerTx.EMPTY);
    }

    private void apply(SignedMantleTx transaction, long block) {
        try {
            state = StandardRules.INSTANCE.apply(state, transaction, block);
        } catch (RejectedTransactionException rejected) {
            throw new AssertionError(rejected);
        }
    }

    private Reason reject(SignedMantleTx transaction, long block) {
        return catchThrowableOfType(
                        RejectedTransactionException.class,
                        () -> StandardRules.INSTANCE.apply(state, transaction, block))
                .reason();
    }

    @Test
    void declaresAProviderAndLocksItsNote() {
        SdpDeclare declare = declaration(0, ServiceType.DATA_AVAILABILITY, genesis.walletNote(0));

        apply(declare(0, declare), 7);

        assertThat(state.declarations().get(declare.declarationId())).isEqualTo(new Declaration(declare, 7, 7, 0));
        assertThat(reject(genesis.renew(0, genesis.walletNote(0)), 8)).isEqualTo(Reason.LOCKED_NOTE);
    }

    @Test
    void locksANoteOncePerService() {
        apply(declare(0, declaration(0, ServiceType.DATA_AVAILABILITY, genesis.walletNote(0))), 1);
        apply(declare(0, declaration(0, ServiceType.BLEND, genesis.walletNote(0))), 1);

        assertThat(reject(declare(0, declaration(0, ServiceType.BLEND, genesis.walletNote(0))), 2))
                .isEqualTo(Reason.DUPLICATE_DECLARATION);
        SdpDeclare otherId = new SdpDeclare(
                ServiceType.BLEND,
                List.of(),
                provider.publicKey(),
                genesis.walletKeys().get(0),
                genesis.walletNote(0));
        assertThat(reject(declare(0, otherId), 2)).isEqualTo(Reason.NOTE_ALREADY_LOCKED);
    }

    @Test
    void rejectsADeclarationOfAnothersNoteOrWithoutProof() {
        SdpDeclare stolen = declaration(0, ServiceType.BLEND, genesis.walletNote(1));
        SdpDeclare own = declaration(0, ServiceType.BLEND, genesis.walletNote(0));

        assertThat(reject(declare(0, stolen), 1)).isEqualTo(Reason.INVALID_OP_PROOF);
        assertThat(reject(declare(1, own), 1)).isEqualTo(Reason.INVALID_OP_PROOF);
        assertThat(reject(sign(0, own, OpProof.ZkSig::new), 1)).isEqualTo(Reason.INVALID_OP_PROOF);
    }

    @Test
    void rejectsADeclarationOfAnUnknownNote() {
        NoteId spent = genesis.walletNote(0);
        apply(genesis.renew(0, spent), 1);

        assertThat(reject(declare(0, declaration(0, ServiceType.BLEND, spent)), 2))
                .isEqualTo(Reason.UNKNOWN_NOTE);
    }

    @Test
    void notesActivityWithoutAdvancingTheNonce() {
        SdpDeclare declare = declaration(0, ServiceType.DATA_AVAILABILITY, genesis.walletNote(0));
        apply(declare(0, declare), 1);

        apply(sign(0, active(declare.declarationId(), 5), OpProof.ZkSig::new), 9);

        assertThat(state.declarations().get(declare.declarationId())).isEqualTo(new Declaration(declare, 1, 9, 0));
        assertThat(reject(sign(0, active(declare.declarationId(), 0), OpProof.ZkSig::new), 9))
                .isEqualTo(Reason.INVALID_NONCE);
        assertThat(reject(sign(1, active(declare.declarationId(), 6), OpProof.ZkSig::new), 9))
                .isEqualTo(Reason.INVALID_OP_PROOF);
        assertThat(reject(sign(0, active(DeclarationId.of(new byte[32]), 6), OpProof.ZkSig::new), 9))
                .isEqualTo(Reason.UNKNOWN_DECLARATION);
    }

    private static SdpActive active(DeclarationId id, long nonce) {
        return new SdpActive(id, nonce, new ActivityMetadata.DataAvailability(0, new byte[0], new byte[0]));
    }

    @Test
    void withdrawsAfterTheLockPeriod() {
        NoteId note = genesis.walletNote(0);
        SdpDeclare declare = declaration(0, ServiceType.BLEND, note);
        apply(declare(0, declare), 1);
        SignedMantleTx withdraw = sign(0, new SdpWithdraw(declare.declarationId(), note, 1), OpProof.ZkSig::new);

        assertThat(reject(withdraw, 11)).isEqualTo(Reason.WITHDRAWAL_WHILE_LOCKED);
        assertThat(reject(
                        sign(0, new SdpWithdraw(declare.declarationId(), genesis.walletNote(1), 1), OpProof.ZkSig::new),
                        12))
                .isEqualTo(Reason.UNKNOWN_NOTE);
        apply(withdraw, 12);

        assertThat(state.declarations().size()).isZero();
        apply(genesis.renew(0, note), 13);
    }

    @Test
    void refusesAGenesisWithADeclarationThatIsNotProven() {
        List<Note> notes = List.of(new Note(100, genesis.walletKeys().get(0)));
        NoteId note = new LedgerTx(List.of(), notes).noteIds().get(0);
        GenesisTx unproven = GenesisTx.create(
                new byte[0],
                notes,
                List.of(declaration(0, ServiceType.BLEND, note)),
                List.of(new OpProof.ZkAndEd25519Sigs(ZkSignature.ZERO, provider.sign(new byte[0]))));

        assertThatThrownBy(() -> GenesisLedger.of(unproven))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Operation 1 of the genesis transaction is not valid: INVALID_OP_PROOF: "
                        + "not signed by the note's owner, the zk id and the provider");
    }

    @Test
    void refusesAGenesisOfTooMuchStake() {
        List<Note> notes = List.of(
                new Note(-1, genesis.walletKeys().get(0)),
                new Note(1, genesis.walletKeys().get(0)));

        assertThatThrownBy(() -> GenesisLedger.of(GenesisTx.create(new byte[0], notes, List.of(), List.of())))
                .hasMessage(
                        "The outputs of the genesis transaction sum up to 18446744073709551616, expected less than 2^64.");
    }
}
