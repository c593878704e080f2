package org.junitnomos.devnode.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junitnomos.devnode.TestGenesis;
import org.junitnomos.devnode.ledger.LedgerState;
import org.junitnomos.devnode.ledger.RejectedTransactionException;
import org.junitnomos.devnode.ledger.StandardRules;
import org.junitnomos.devnode.ledger.TransactionRules;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.GenesisTx;
import org.junitnomos.mantle.SignedMantleTx;

/** Nodes of one JVM share what a block does, and only that. */
class SharedStatesTests {
    private final TestGenesis genesis = new TestGenesis(1, 2);
    private final ChainParameters parameters = parameters(3);
    private final SignedMantleTx payment = genesis.renew(0, genesis.walletNote(0));
    private final Block block = BlockSigner.sign(parameters.genesis().header().id(), 1, List.of(payment));

    private ChainParameters parameters(int securityParameter) {
        return new ChainParameters(
                new GenesisTx(genesis.transaction()), new BigDecimal("0.5"), securityParameter, Set.of());
    }

    private ChainState after(ChainParameters of, TransactionRules rules) throws InvalidBlockException {
        return new StandardBlockRules(of, rules).apply(ChainState.genesis(of), 1, block);
    }

    /** Rules of a node with a defect: whatever comes is valid and does nothing. */
    private static final class Lax implements TransactionRules {
        @Override
        public LedgerState apply(LedgerState state, SignedMantleTx transaction, long blockNumber) {
            return state;
        }
    }

    @Test
    void nodesWithTheSameRulesShareTheStateAfterABlock() throws InvalidBlockException {
        assertThat(after(parameters(3), StandardRules.INSTANCE)).isSameAs(after(parameters, StandardRules.INSTANCE));
    }

    @Test
    void otherParametersShareNothing() throws InvalidBlockException {
        assertThat(after(parameters(4), StandardRules.INSTANCE)).isNotSameAs(after(parameters, StandardRules.INSTANCE));
    }

    @Test
    void otherRulesGetTheirOwnStateAndGiveItToNobody() throws InvalidBlockException {
        var lax = after(parameters, new Lax());
        var right = after(parameters, StandardRules.INSTANCE);

        assertThat(lax.ledger()).isSameAs(ChainState.genesis(parameters).ledger());
        assertThat(right.ledger()).isNotSameAs(lax.ledger());
        assertThat(after(parameters, new Lax()).ledger()).isSameAs(lax.ledger());
    }

    @Test
    void rulesThatChangeAreAskedWhichAreInForce() throws InvalidBlockException {
        var right = after(parameters, StandardRules.INSTANCE);
        var switching = new TransactionRules() {
            private TransactionRules current = new Lax();

            @Override
            public LedgerState apply(LedgerState state, SignedMantleTx transaction, long blockNumber)
                    throws RejectedTransactionException {
                return current.apply(state, transaction, blockNumber);
            }

            @Override
            public TransactionRules inForce() {
                return current;
            }
        };

        assertThat(after(parameters, switching)).isNotSameAs(right);
        switching.current = StandardRules.INSTANCE;
        assertThat(after(parameters, switching)).isSameAs(right);
    }

    @Test
    void aBlockThatWasValidOnOneStateIsCheckedOnAnother() throws InvalidBlockException {
        var spent = after(parameters, StandardRules.INSTANCE);
        var again = BlockSigner.sign(block.id(), 2, List.of(payment));

        assertThatThrownBy(() -> new StandardBlockRules(parameters, StandardRules.INSTANCE).apply(spent, 2, again))
                .isInstanceOf(InvalidBlockException.class);
    }
}
