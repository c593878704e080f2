package org.junitnomos.devnode.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junitnomos.devnode.TestGenesis;
import org.junitnomos.devnode.ledger.LedgerState;
import org.junitnomos.mantle.Fr;
import org.junitnomos.mantle.GenesisTx;
import org.junitnomos.mantle.ZkSecretKey;

class LotteryTests {
    private static Lottery lottery(ChainParameters parameters, ZkSecretKey leader) {
        return new Lottery(parameters, leader, List.of(leader.toPublicKey()), false);
    }

    private static ChainParameters parameters(TestGenesis genesis) {
        return new ChainParameters(new GenesisTx(genesis.transaction()), new BigDecimal("0.9"), 10, Set.of());
    }

    @Test
    void winsAsOftenAsTheFormulaSays() {
        TestGenesis genesis = new TestGenesis(4, 0);
        ChainParameters parameters = parameters(genesis);
        ChainState state = ChainState.genesis(parameters);
        Lottery lottery = lottery(parameters, genesis.leader(2));
        int slots = 8_000;
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
    void winsWithTheNotesOfAllKeysThatTheWalletKnows() {
        TestGenesis genesis = new TestGenesis(2, 40);
        ChainParameters parameters = parameters(genesis);
        ChainState state = ChainState.genesis(parameters);
        Lottery wallets = new Lottery(parameters, genesis.leader(0), genesis.walletKeys(), false);
        Lottery others = new Lottery(parameters, genesis.leader(1), genesis.walletKeys(), false);
        int slots = 1_500;
        int wins = 0;
        int both = 0;
        for (int slot = 1; slot <= slots; slot++) {
            boolean first = wallets.wins(state.epoch(), slot, state.ledger());
            wins += first ? 1 : 0;
            both += first && others.wins(state.epoch(), slot, state.ledger()) ? 1 : 0;
        }

        double x = -Math.log(0.1) * 100 / 6000; // 40 notes of 100, 2 of 1000; the leader's own key is not known
        double chance = 1 - Math.pow(1 - (x - x * x / 2), 40);
        double deviation = Math.sqrt(slots * chance * (1 - chance));
        assertThat((double) wins).isCloseTo(slots * chance, Offset.offset(4 * deviation));
        // Another key draws other tickets.
        double overlap = chance * chance;
        assertThat((double) both)
                .isCloseTo(slots * overlap, Offset.offset(4 * Math.sqrt(slots * overlap * (1 - overlap))));
    }

    @Test
    void neverWinsWithoutNotes() {
        TestGenesis genesis = new TestGenesis(1, 1);
        ChainParameters parameters = parameters(genesis);
        ChainState state = ChainState.genesis(parameters);
        Lottery lottery = lottery(parameters, new ZkSecretKey(Fr.of(3)));

        for (int slot = 1; slot <= 200; slot++) {
            assertThat(lottery.wins(state.epoch(), slot, state.ledger())).isFalse();
        }
    }

    @Test
    void neverWinsWithASpentNote() {
        TestGenesis genesis = new TestGenesis(1, 0);
        ChainParameters parameters = parameters(genesis);
        ChainState state = ChainState.genesis(parameters);
        Lottery lottery = lottery(parameters, genesis.leader(0));

        for (int slot = 1; slot <= 200; slot++) {
            assertThat(lottery.wins(state.epoch(), slot, LedgerState.EMPTY)).isFalse();
        }
    }

    @Test
    void drawsAheadWhatItDrawsInTime() {
        TestGenesis genesis = new TestGenesis(2, 5);
        ChainParameters parameters = parameters(genesis);
        ChainState state = ChainState.genesis(parameters);
        ChainState.Epoch other = new ChainState.Epoch(1, Fr.of(7), state.epoch().notes());
        Lottery inTime = new Lottery(parameters, genesis.leader(0), genesis.walletKeys(), false);
        Lottery ahead = new Lottery(parameters, genesis.leader(0), genesis.walletKeys(), true);
        int wins = 0;
        for (long slot = 1; slot <= 400; slot += slot % 97 == 0 ? 60 : 1) { // a node that halts passes over slots
            ChainState.Epoch epoch = slot < 250 ? state.epoch() : other;
            boolean won = inTime.wins(epoch, slot, state.ledger());
            assertThat(ahead.wins(epoch, slot, state.ledger()))
                    .as("slot " + slot)
                    .isEqualTo(won);
            wins += won ? 1 : 0;
        }

        assertThat(wins).isBetween(1, 300);
    }
}
