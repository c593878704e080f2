package org.junitnomos.mantle;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * The constants of the slot lottery of an epoch (node contract 3.3, formula of development builds).
 *
 * <p>With {@code a = -ln(1 - f)} and the total stake {@code S}: {@code t0 = floor(r a / S)} and
 * {@code t1 = r - floor(r a^2 / (2 S^2))}. The logarithm is a decimal series of 110 significant digits, so the
 * constants are exact to the last bit and the same on every JDK.
 *
 * @param t0 the linear constant
 * @param t1 the quadratic constant
 * @since 0.1
 */
@API(status = Status.INTERNAL, since = "0.1")
public record LotteryParameters(Fr t0, Fr t1) {

    private static final MathContext PRECISION = new MathContext(110, RoundingMode.HALF_EVEN);
    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final BigDecimal HALF = new BigDecimal("0.5");

    /** The logarithm takes a third of a millisecond, and all nodes of a cluster ask for the same one. */
    private static final Memo<Terms, LotteryParameters> KNOWN = Memo.ofLastUsed(64);

    private record Terms(double activeSlotCoefficient, long totalStake) {
        /** By hand, as {@link #hashCode}: what a record derives is linked when it is first used, while nodes start. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Terms that
                    && Double.compare(activeSlotCoefficient, that.activeSlotCoefficient) == 0
                    && totalStake == that.totalStake;
        }

        @Override
        public int hashCode() {
            return 31 * Double.hashCode(activeSlotCoefficient) + Long.hashCode(totalStake);
        }
    }

    /**
     * Computes the constants.
     *
     * @param activeSlotCoefficient the part of slots with a leader if all stake leads; above 0 and below 1
     * @param totalStake the stake of the epoch, unsigned, at least 1
     * @throws IllegalArgumentException if a value is out of range
     */
    public static LotteryParameters of(double activeSlotCoefficient, long totalStake) {
        if (!(activeSlotCoefficient > 0 && activeSlotCoefficient < 1)) {
            throw new IllegalArgumentException(
                    "activeSlotCoefficient must be above 0 and below 1 but was " + activeSlotCoefficient + ".");
        }
        if (totalStake == 0) {
            throw new IllegalArgumentException("totalStake must be at least 1 but was 0.");
        }
        return KNOWN.get(new Terms(activeSlotCoefficient, totalStake), LotteryParameters::compute);
    }

    private static LotteryParameters compute(Terms terms) {
        BigDecimal rate = negatedLog(BigDecimal.ONE.subtract(new BigDecimal(terms.activeSlotCoefficient())));
        BigDecimal stake = new BigDecimal(Long.toUnsignedString(terms.totalStake()));
        BigDecimal modulus = new BigDecimal(Field.MODULUS);
        BigInteger linear =
                modulus.multiply(rate, PRECISION).divide(stake, PRECISION).toBigInteger();
        BigInteger quadratic = modulus.multiply(rate, PRECISION)
                .multiply(rate, PRECISION)
                .divide(TWO.multiply(stake).multiply(stake), PRECISION)
                .toBigInteger();
        return new LotteryParameters(Fr.of(linear), Fr.of(Field.MODULUS.subtract(quadratic)));
    }

    /**
     * Computes the bound below which a ticket of a note wins.
     *
     * @param value the value of the note, unsigned
     * @return {@code value * (t0 + t1 * value)} modulo r
     */
    public Fr threshold(long value) {
        Fr stake = Fr.of(value);
        return stake.multiply(t0.add(t1.multiply(stake)));
    }

    /** Computes {@code -ln(y)} for y above 0 and below 1: halvings bring y near 1, a series does the rest. */
    private static BigDecimal negatedLog(BigDecimal y) {
        BigDecimal near = y;
        int halvings = 0;
        while (near.compareTo(HALF) < 0) {
            near = near.multiply(TWO);
            halvings++;
        }
        BigDecimal result = series(near);
        return halvings == 0 ? result : result.add(series(HALF).multiply(BigDecimal.valueOf(halvings)), PRECISION);
    }

    /** Computes {@code -ln(y)} as {@code 2 artanh((1 - y) / (1 + y))} for y from 0.5 to 1. */
    private static BigDecimal series(BigDecimal y) {
        BigDecimal z = BigDecimal.ONE.subtract(y).divide(BigDecimal.ONE.add(y), PRECISION);
        BigDecimal square = z.multiply(z, PRECISION);
        BigDecimal power = z;
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal epsilon = BigDecimal.ONE.scaleByPowerOfTen(-115).multiply(z, PRECISION);
        for (int k = 1; power.compareTo(epsilon) > 0; k += 2) {
            sum = sum.add(power.divide(BigDecimal.valueOf(k), PRECISION), PRECISION);
            power = power.multiply(square, PRECISION);
        }
        return sum.multiply(TWO, PRECISION);
    }
}
