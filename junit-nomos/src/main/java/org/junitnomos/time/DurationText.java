package org.junitnomos.time;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Reads and writes durations as people do: {@code 30s}, {@code 1500ms}, {@code 1.5 h}, {@code PT30S}. */
@API(status = INTERNAL, since = "0.1")
public final class DurationText {

    private static final Pattern SHORT = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(ns|us|ms|s|sec|min|m|h|d)");
    private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);

    private DurationText() {}

    /**
     * Reads a duration that is zero or more: a number and a unit (ns, us, ms, s, sec, m, min, h, d), or ISO-8601
     * ({@code PT30S}). Blanks around and between are allowed, case does not matter; a fraction of a nanosecond is
     * refused.
     *
     * @throws IllegalArgumentException if the text is no such duration
     */
    public static Duration parse(String text) {
        String plain = text.strip().toLowerCase(Locale.ROOT);
        Matcher matcher = SHORT.matcher(plain);
        if (matcher.matches()) {
            return shortForm(text, new BigDecimal(matcher.group(1)), matcher.group(2));
        }
        if (plain.startsWith("p")) {
            try {
                Duration duration = Duration.parse(plain);
                if (!duration.isNegative()) {
                    return duration;
                }
            } catch (DateTimeException | ArithmeticException e) {
                throw noDuration(text, e);
            }
        }
        throw noDuration(text, null);
    }

    private static Duration shortForm(String text, BigDecimal number, String unit) {
        BigDecimal nanos = number.multiply(BigDecimal.valueOf(nanosPer(unit)));
        if (nanos.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("'" + text + "' is too long a duration: at most about 292 years");
        }
        try {
            return Duration.ofNanos(nanos.toBigIntegerExact().longValueExact());
        } catch (ArithmeticException e) {
            throw noDuration(text, e);
        }
    }

    private static long nanosPer(String unit) {
        return switch (unit) {
            case "ns" -> 1L;
            case "us" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s", "sec" -> 1_000_000_000L;
            case "m", "min" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            case "d" -> 86_400_000_000_000L;
            default -> throw new AssertionError(unit);
        };
    }

    private static IllegalArgumentException noDuration(String text, @Nullable Exception cause) {
        return new IllegalArgumentException("'" + text + "' is no duration (30s, 1500ms, 2m, 1h, PT30S)", cause);
    }

    /**
     * Writes a duration in its largest unit that is not below one, with up to three decimals where needed:
     * {@code 10 min}, {@code 1.5 s}, {@code 250 ms}. The result does not depend on the locale, and
     * {@link #parse} reads it back, rounded to the decimals shown.
     */
    public static String format(Duration duration) {
        BigInteger nanos = BigInteger.valueOf(duration.getSeconds())
                .multiply(BigInteger.valueOf(1_000_000_000L))
                .add(BigInteger.valueOf(duration.getNano()));
        return nanos.signum() < 0 ? "-" + magnitude(nanos.negate()) : magnitude(nanos);
    }

    /** Writes a number of nanoseconds; see {@link #format}. */
    public static String ofNanos(long nanos) {
        return format(Duration.ofNanos(nanos));
    }

    private static String magnitude(BigInteger nanos) {
        if (nanos.signum() == 0) {
            return "0 s";
        }
        String unit = "ns";
        for (String larger : new String[] {"us", "ms", "s", "min", "h"}) {
            if (nanos.compareTo(BigInteger.valueOf(nanosPer(larger))) >= 0) {
                unit = larger;
            }
        }
        long per = nanosPer(unit);
        BigInteger thousandths = nanos.multiply(BigInteger.valueOf(1_000))
                .add(BigInteger.valueOf(per / 2))
                .divide(BigInteger.valueOf(per));
        String number = new BigDecimal(thousandths, 3).stripTrailingZeros().toPlainString();
        return number + " " + unit;
    }
}
