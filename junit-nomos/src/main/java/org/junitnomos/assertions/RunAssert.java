package org.junitnomos.assertions;

import java.util.Objects;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.Wallet;
import org.junitnomos.mantle.ZkPublicKey;
import org.junitnomos.scenario.RunContext;

/** Asserts how a run is now: who owns what. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public class RunAssert extends AbstractNomosAssert<RunAssert, RunContext> {
    /**
     * Creates an assertion; {@link NomosAssertions} does.
     *
     * @param actual the run
     */
    public RunAssert(@Nullable RunContext actual) {
        super(actual, RunAssert.class);
    }

    @Override
    Optional<RunContext> run() {
        return Optional.of(actual);
    }

    /**
     * Asserts what a wallet has on the reference chain.
     *
     * @param wallet of the genesis
     * @param units base units, unsigned
     * @return this
     * @throws AssertionError if it has more or less
     */
    public RunAssert hasBalance(Wallet wallet, long units) {
        isNotNull();
        return balance(wallet.label(), actual.balanceOf(wallet), units, true);
    }

    /**
     * Asserts what an owner has on the reference chain.
     *
     * @param owner the key in its notes
     * @param units base units, unsigned
     * @return this
     * @throws AssertionError if it has more or less
     */
    public RunAssert hasBalance(ZkPublicKey owner, long units) {
        isNotNull();
        Objects.requireNonNull(owner, "owner");
        return balance("owner " + owner.toHex(), actual.balanceOf(owner), units, true);
    }

    /**
     * Asserts that a wallet has enough on the reference chain.
     *
     * @param wallet of the genesis
     * @param units base units, unsigned
     * @return this
     * @throws AssertionError if it has less
     */
    public RunAssert hasBalanceAtLeast(Wallet wallet, long units) {
        isNotNull();
        return balance(wallet.label(), actual.balanceOf(wallet), units, false);
    }

    private RunAssert balance(String owner, long observed, long units, boolean exact) {
        int order = Long.compareUnsigned(observed, units);
        if (order < 0 || exact && order != 0) {
            String expected = (exact ? "a balance of " : "a balance of at least ") + amount(units);
            throw unmet(
                    owner,
                    expected,
                    amount(observed) + " on the reference chain at height "
                            + actual.feed().height());
        }
        return this;
    }

    private static String amount(long units) {
        return Long.toUnsignedString(units) + (units == 1 ? " base unit" : " base units");
    }
}
