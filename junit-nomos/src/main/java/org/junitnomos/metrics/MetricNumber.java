package org.junitnomos.metrics;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.regex.Pattern;
import org.apiguardian.api.API;

/** Reads and writes values of metrics; the text of a value is the same on every JDK. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class MetricNumber {
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern INFINITE = Pattern.compile("([+-]?)[iI]nf(inity)?");

    /** What a double holds for sure. */
    private static final MathContext DIGITS = new MathContext(15);

    private static final MathContext FEW_DIGITS = new MathContext(4);
    private static final double LARGE = 1e18;

    private MetricNumber() {}

    /**
     * Reads a value.
     *
     * @param text a decimal number, {@code NaN}, {@code +Inf} or {@code -Inf}
     * @throws IllegalArgumentException if it is none of these
     */
    public static double parse(String text) {
        if (DECIMAL.matcher(text).matches()) {
            return Double.parseDouble(text);
        }
        if (text.equalsIgnoreCase("NaN")) {
            return Double.NaN;
        }
        var infinite = INFINITE.matcher(text);
        if (infinite.matches()) {
            return infinite.group(1).equals("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        throw new IllegalArgumentException("expected a number but was '" + text + "'");
    }

    /** Writes a whole number as it is, others with up to 15 digits: {@code 0.25}, {@code NaN}, {@code +Inf}. */
    public static String text(double value) {
        return text(value, DIGITS);
    }

    /** Writes a value for people: a whole number as it is, others with up to four digits. */
    public static String shortText(double value) {
        return text(value, FEW_DIGITS);
    }

    private static String text(double value, MathContext digits) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        boolean whole = value == Math.rint(value) && Math.abs(value) < LARGE;
        var exact = new BigDecimal(value);
        var decimal = (whole ? exact : exact.round(digits)).stripTrailingZeros();
        // plain where that is short
        return Math.abs(decimal.scale()) <= 20 ? decimal.toPlainString() : decimal.toString();
    }
}
