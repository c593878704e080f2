package org.junitnomos.mantle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoteSignerTests {
    private static final NoteSigner SIGNER = NoteSigner.DEV_NODES;

    private final Ed25519PrivateKey owner = key(1);
    private final Ed25519PrivateKey writer = key(2);
    private final Ed25519PrivateKey other = key(3);

    private static Ed25519PrivateKey key(int number) {
        var seed = new byte[32];
        seed[0] = (byte) number;
        return Ed25519PrivateKey.fromSeed(seed);
    }

    private MantleTx inscription(Ed25519PrivateKey signer, LedgerTx ledger) {
        var text = "hello".getBytes(StandardCharsets.UTF_8);
        var channel = ChannelId.of(signer.publicKey().toBytes());
        return MantleTx.of(List.of(new ChannelInscribe(channel, text, MsgId.ZERO, signer.publicKey())), ledger);
    }

    @Test
    void theFirstKeyOwnsWhatIsSpentAndMessagesAreSignedByTheirSigner() {
        var note = new Note(1, SIGNER.ownerOf(other));
        var ledger = new LedgerTx(List.of(new NoteId(Fr.of(1))), List.of(note));

        var signed = SIGNER.sign(inscription(writer, ledger), List.of(owner, other, writer));

        assertThat(signed.findShapeError()).isEmpty();
        assertThat(DevProof.verify(signed, List.of(SIGNER.ownerOf(owner)))).isTrue();
        assertThat(DevProof.verify(signed, List.of(SIGNER.ownerOf(writer)))).isFalse();
    }

    @Test
    void theFirstKeySignsForTheKeysOfAChannel() {
        var tx = MantleTx.of(
                List.of(new ChannelSetKeys(
                        ChannelId.of(owner.publicKey().toBytes()), List.of(owner.publicKey(), writer.publicKey()))),
                LedgerTx.EMPTY);

        assertThat(SIGNER.sign(tx, List.of(owner, writer)).opProofs())
                .containsExactly(new OpProof.Ed25519Sig(owner.sign(tx.hash())));
    }

    @Test
    void aMessageOfASomebodyElseIsRefusedByName() {
        var tx = inscription(writer, LedgerTx.EMPTY);

        assertThatThrownBy(() -> SIGNER.sign(tx, List.of(owner)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(writer.publicKey().toString())
                .hasMessageEndingWith("names a signer whose key was not given; sign with that key as well");
    }

    @Test
    void operationsOfOtherKindsAreRefused() {
        var tx = MantleTx.of(List.of(new LeaderClaim(Fr.ZERO, Fr.ZERO, new TxHash(Fr.ZERO))), LedgerTx.EMPTY);

        assertThatThrownBy(() -> SIGNER.sign(tx, List.of(owner)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("LeaderClaim")
                .hasMessageContaining("cannot be signed here, expected messages and keys of channels");
    }
}
