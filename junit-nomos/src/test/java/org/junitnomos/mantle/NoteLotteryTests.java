package org.junitnomos.mantle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoteLotteryTests {

    @Test
    void drawsTheTicketOfTheContract() {
        NoteId note = new NoteId(Fr.ONE);
        ZkSecretKey secret = new ZkSecretKey(Fr.of(2));
        String ticket = "84db7fcbbf6e37b946ced2dabd8e26b61c616200d5350867d064fa220245e00f";
        assertThat(new NoteLottery(LotteryParameters.of(0.5, 10), Fr.of(3), note, 5, secret).ticket(4))
                .hasToString(ticket);
    }

    @Test
    void evolvesTheEpochNonce() {
        assertThat(EpochNonce.next(Fr.ZERO, Fr.ZERO, 1))
                .hasToString("35c9c64360ffc73677c924ef1a7baeea5888204b4d1af0adcd77ea0040355621");
    }

    /** The constants nodes carry for f = 1/30 without development mode are rounded ones of the same formula. */
    @Test
    void agreesWithTheFixedConstantsOfNodes() {
        LotteryParameters parameters = LotteryParameters.of(1.0 / 30, 1);
        BigInteger fixed = new BigInteger("1a3fb997fd58374772808c13d1c2ddacb5ab3ea77413f86fd6e0d3d978e5438", 16);
        BigInteger fixedSquare = new BigInteger("71e790b41991052e30c93934b5612412e7958837bac8b1c524c24d84cc7d0", 16);
        assertThat(parameters.t0().toBigInteger().doubleValue() / fixed.doubleValue())
                .isCloseTo(1, within(1e-3));
        BigInteger square = Field.MODULUS.subtract(parameters.t1().toBigInteger());
        assertThat(square.doubleValue() / fixedSquare.doubleValue()).isCloseTo(1, within(1e-3));
    }

    /** With x = -ln(1 - f) v / S the formula comes to x - x^2 / 2, modulo 1. */
    @ParameterizedTest
    @CsvSource({"0.9, 1, 4", "0.9, 1, 1", "0.5, 3, 10", "0.05, 1000, 3006", "0.9, 1000, 1000000"})
    void drawsTheLineOfTheFormula(double f, long value, long stake) {
        double x = -Math.log(1 - f) * value / stake;
        double expected = x - x * x / 2;

        Fr threshold = LotteryParameters.of(f, stake).threshold(value);

        assertThat(threshold.toBigInteger().doubleValue() / Field.MODULUS.doubleValue())
                .isCloseTo(expected < 0 ? expected + 1 : expected, within(1e-9));
    }

    /** Computed independently with 120 digits: r ln 2 / 1000, and r - r (ln 2)^2 / 2000000. */
    @Test
    void isExactToTheLastBit() {
        LotteryParameters parameters = LotteryParameters.of(0.5, 1000);
        assertThat(parameters.t0().toBigInteger())
                .isEqualTo(
                        new BigInteger("15171773834026713961015537778526997913581971762106319912118178863814228151"));
        assertThat(parameters.t1().toBigInteger())
                .isEqualTo(new BigInteger(
                        "21888237613703146647862195421805078298782606215137352081051517493672081105621"));
        LotteryParameters dense = LotteryParameters.of(0.9, 7);
        assertThat(dense.t0().toBigInteger())
                .isEqualTo(
                        new BigInteger("7199934535504328566355028515201268473510663144977578779792144336491992276089"));
    }

    @Test
    void winsAboutAsOftenAsTheStakeSays() {
        LotteryParameters parameters = LotteryParameters.of(0.5, 1000);
        NoteLottery half = new NoteLottery(parameters, Fr.of(9), new NoteId(Fr.of(8)), 500, new ZkSecretKey(Fr.of(7)));
        int won = 0;
        for (int slot = 0; slot < 4000; slot++) {
            won += half.wins(slot) ? 1 : 0;
        }
        assertThat(won / 4000.0).isCloseTo(1 - Math.sqrt(0.5), within(0.03));
    }

    @Test
    void neverWinsWithoutValue() {
        NoteLottery none =
                new NoteLottery(LotteryParameters.of(0.9, 10), Fr.ONE, new NoteId(Fr.ONE), 0, new ZkSecretKey(Fr.ONE));
        for (int slot = 0; slot < 50; slot++) {
            assertThat(none.wins(slot)).isFalse();
        }
    }

    @Test
    void rejectsParametersOutOfRange() {
        assertThatThrownBy(() -> LotteryParameters.of(1, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("activeSlotCoefficient must be above 0 and below 1 but was 1.0.");
        assertThatThrownBy(() -> LotteryParameters.of(Double.NaN, 10))
                .hasMessage("activeSlotCoefficient must be above 0 and below 1 but was NaN.");
        assertThatThrownBy(() -> LotteryParameters.of(0.5, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("totalStake must be at least 1 but was 0.");
    }
}
