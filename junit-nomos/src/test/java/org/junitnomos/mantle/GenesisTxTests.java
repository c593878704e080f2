package org.junitnomos.mantle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A genesis transaction, and no other, has more than 255 outputs (node contract 2.8). */
class GenesisTxTests {
    private static final Note NOTE = new Note(1, new ZkPublicKey(Fr.ONE));

    private static GenesisTx genesis(int notes) {
        return GenesisTx.create(new byte[] {1}, Collections.nCopies(notes, NOTE), List.of(), List.of());
    }

    @Test
    void countsItsNotesModulo256InWhatIsHashed() {
        byte[] encoded = MantleCodec.encode(LedgerTx.ofGenesis(Collections.nCopies(1_004, NOTE)));

        assertThat(encoded).hasSize(2 + 40 * 1_004);
        assertThat(encoded[1]).isEqualTo((byte) (1_004 % 256));
        assertThat(genesis(1_004).tx().noteIds()).hasSize(1_004).doesNotHaveDuplicates();
    }

    @Test
    void isReadBackFromItsJson() {
        var genesis = genesis(300);

        assertThat(MantleJson.decodeGenesisTx(MantleJson.encode(genesis.signed())))
                .isEqualTo(genesis);
    }

    @Test
    void noOtherTransactionHasMoreThan255() {
        byte[] json = MantleJson.encode(genesis(256).signed());

        assertThat(new String(json, StandardCharsets.UTF_8)).contains("\"outputs\"");
        assertThatThrownBy(() -> MantleJson.decodeSignedTx(json))
                .isInstanceOf(WireFormatException.class)
                .hasMessageContaining("expected at most 255 elements");
        assertThatThrownBy(() -> new LedgerTx(List.of(), Collections.nCopies(256, NOTE)))
                .isInstanceOf(WireFormatException.class)
                .hasMessage("ledger_tx.outputs: expected at most 255 elements but was 256");
    }
}
