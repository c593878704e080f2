package org.junitnomos.devnode.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junitnomos.devnode.TestGenesis;
import org.junitnomos.devnode.ledger.LedgerState;
import org.junitnomos.mantle.Fr;
import org.junitnomos.mantle.GenesisTx;
import org.junitnomos.mantle.ZkSecretKey;

class LotteryTests {
    @Test
    void winsAsOftenAsTheFormulaSays() {
        TestGenesis genesis = new TestGenesis(4, 0);
        ChainParameters parameters =
                new ChainParameters(new GenesisTx(genesis.transaction()), new BigDecimal("0.9"), 10, Set.of());
        ChainState state = ChainState.genesis(parameters);
        Lottery lottery = new Lottery(parameters, genesis.leader(2));
        int slots = 20_000;
        int wins = 0;
        for (int slot = 1; slot <= slots; slot++) {
            wins += lottery.wins(state.epoch(), slot, state.ledger()) ? 1 : 0;
        }

        double x = -Math.log(0.1) / 4;
        double chance = x - x * x / 2;
        double deviation = Math.sqrt(slots * chance * (1 - chance));
        assertThat((double) wins).isCloseTo(slots * chance, Offset.offset(4 * deviation));
    }

    @Test
    void neverWinsWithoutNotes() {
        TestGenesis genesis = new TestGenesis(1, 1);
        ChainParameters parameters =
                new ChainParameters(new GenesisTx(genesis.transaction()), new BigDecimal("0.9"), 10, Set.of());
        ChainState state = ChainState.genesis(parameters);
        Lottery lottery = new Lottery(parameters, new ZkSecretKey(Fr.of(3)));

        for (int slot = 1; slot <= 200; slot++) {
            assertThat(lottery.wins(state.epoch(), slot, state.ledger())).isFalse();
        }
    }

    @Test
    void neverWinsWithASpentNote() {
        TestGenesis genesis = new TestGenesis(1, 0);
        ChainParameters parameters =
                new ChainParameters(new GenesisTx(genesis.transaction()), new BigDecimal("0.9"), 10, Set.of());
        ChainState state = ChainState.genesis(parameters);
        Lottery lottery = new Lottery(parameters, genesis.leader(0));

        for (int slot = 1; slot <= 200; slot++) {
            assertThat(lottery.wins(state.epoch(), slot, LedgerState.EMPTY)).isFalse();
        }
    }
}
