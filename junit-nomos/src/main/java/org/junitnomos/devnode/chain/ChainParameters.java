package org.junitnomos.devnode.chain;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;
import org.apiguardian.api.API;
import org.junitnomos.mantle.GenesisTx;
import org.junitnomos.topology.NodeRule;
import org.junitnomos.topology.SlotRules;

/**
 * The parameters of a chain (node contract 3.2).
 *
 * @param genesis the genesis transaction
 * @param activeSlotCoefficient f, above 0 and below 1
 * @param securityParameter k, 1 or more
 * @param withoutRules rules that its nodes do not obey
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record ChainParameters(
        GenesisTx genesis, BigDecimal activeSlotCoefficient, int securityParameter, Set<NodeRule> withoutRules) {
    public ChainParameters {
        if (activeSlotCoefficient.signum() <= 0 || activeSlotCoefficient.compareTo(BigDecimal.ONE) >= 0) {
            throw new IllegalArgumentException("The active slot coefficient is " + activeSlotCoefficient
                    + ", expected a number above 0 and below 1.");
        }
        if (securityParameter < 1) {
            throw new IllegalArgumentException(
                    "The security parameter is " + securityParameter + ", expected 1 or more blocks.");
        }
    }

    /** Tells whether these parameters give the same states. */
    boolean isLike(ChainParameters other) {
        return this == other
                || genesis.signed() == other.genesis.signed()
                        && securityParameter == other.securityParameter
                        && activeSlotCoefficient.equals(other.activeSlotCoefficient)
                        && withoutRules.equals(other.withoutRules);
    }

    /** Says whether nodes obey a rule. */
    public boolean obeys(NodeRule rule) {
        return !withoutRules.contains(rule);
    }

    /**
     * Returns the base period: k divided by f, rounded down.
     *
     * @return a number of slots
     */
    public long basePeriod() {
        return SlotRules.basePeriod(securityParameter, activeSlotCoefficient);
    }

    /**
     * Returns the length of an epoch: ten base periods.
     *
     * @return a number of slots
     */
    public long epochLength() {
        return 10 * basePeriod();
    }

    /**
     * Returns the window of the density rule: three base periods.
     *
     * @return a number of slots
     */
    public long densityWindow() {
        return 3 * basePeriod();
    }

    /**
     * Returns the epoch of a slot.
     *
     * @param slot the slot
     * @return the epoch, from 0
     */
    public long epochOf(long slot) {
        return slot / epochLength();
    }

    /** Returns the first slot whose blocks no longer change who may lead in an epoch. */
    long stakeSnapshot(long epoch) {
        return (epoch - 1) * epochLength();
    }

    /** Returns the first slot whose blocks no longer change the nonce of an epoch. */
    long nonceSnapshot(long epoch) {
        return (epoch - 1) * epochLength() + 6 * basePeriod();
    }

    /**
     * Returns the stake the lottery is about; it never changes.
     *
     * @return the sum of all outputs of genesis
     */
    public BigInteger totalStake() {
        return genesis.totalStake();
    }
}
