package org.junitnomos.devnode.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junitnomos.devnode.TestGenesis;
import org.junitnomos.devnode.ledger.LedgerState;
import org.junitnomos.mantle.BlockRoot;
import org.junitnomos.mantle.Fr;
import org.junitnomos.mantle.GenesisTx;
import org.junitnomos.mantle.Header;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.Note;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.mantle.ProofOfLeadership;
import org.junitnomos.topology.ConsensusParameters;

class EpochTests {
    private final TestGenesis genesis = new TestGenesis(1, 1);
    private final ChainParameters parameters =
            new ChainParameters(new GenesisTx(genesis.transaction()), new BigDecimal("0.9"), 10, Set.of());
    private ChainState state = ChainState.genesis(parameters);

    private void block(long slot, LedgerState ledger) {
        Header header = new Header(
                HeaderId.ZERO,
                slot,
                BlockRoot.of(List.of()),
                new ProofOfLeadership(new byte[128], Fr.ZERO, genesis.wallet(0).publicKey(), Fr.ZERO, null));
        state = state.after(parameters, header, ledger);
    }

    private void block(long slot) {
        block(slot, state.ledger());
    }

    @Test
    void followsTheFrameworksNumbers() {
        assertThat(parameters.basePeriod()).isEqualTo(11);
        assertThat(parameters.epochLength()).isEqualTo(110);
        assertThat(parameters.densityWindow()).isEqualTo(33);
        assertThat(parameters.epochOf(109)).isZero();
        assertThat(parameters.epochOf(110)).isEqualTo(1);
    }

    /** Real nodes divide in floating point, where 7 / 0.07 is a little less than 100. */
    @Test
    void countsTheBasePeriodAsRealNodesDo() {
        var odd = new ChainParameters(parameters.genesis(), new BigDecimal("0.07"), 7, Set.of());

        assertThat(odd.basePeriod()).isEqualTo(99);
        assertThat(new ConsensusParameters(Duration.ofSeconds(1), new BigDecimal("0.07"), 7).epochSlots())
                .isEqualTo(odd.epochLength());
    }

    @Test
    void beginsWithNonceZeroAndTheNotesOfGenesis() {
        ChainState.Epoch first = state.epochAt(parameters, 1);

        assertThat(first.nonce()).isEqualTo(Fr.ZERO);
        assertThat(first.notes().size()).isEqualTo(2);
        assertThat(state.epochAt(parameters, 110).notes()).isSameAs(first.notes());
    }

    @Test
    void takesTheNonceFromTheLastBlockBeforeTheSnapshot() {
        block(10);
        block(60);
        Fr before = state.nonce();
        block(66);
        Fr inTheBuffer = state.nonce();
        block(100);
        block(115);

        // Slot 66 is the nonce snapshot of epoch 1: six base periods into epoch 0.
        assertThat(state.epoch().number()).isEqualTo(1);
        assertThat(state.epoch().nonce()).isEqualTo(before).isNotEqualTo(inTheBuffer);
    }

    @Test
    void letsANewNotePlayAfterTheStakeSnapshotOfItsEpoch() {
        NoteId id = new NoteId(Fr.of(77));
        block(50, state.ledger().withNote(id, new Note(5, genesis.walletKeys().get(0))));

        assertThat(state.epochAt(parameters, 51).notes().containsKey(id)).isFalse();
        block(109);
        block(120);
        assertThat(state.epoch().notes().containsKey(id)).isFalse();
        block(219);
        block(225);
        assertThat(state.epoch().number()).isEqualTo(2);
        assertThat(state.epoch().notes().containsKey(id)).isTrue();
    }

    @Test
    void goesOnWithWhatIsKnownAfterEpochsWithoutBlocks() {
        block(50);
        Fr nonce = state.nonce();

        ChainState.Epoch later = state.epochAt(parameters, 900);

        assertThat(later.number()).isEqualTo(8);
        assertThat(later.nonce()).isEqualTo(nonce);
        block(900);
        assertThat(state.epoch().number()).isEqualTo(8);
        assertThat(state.next().number()).isEqualTo(9);
    }
}
