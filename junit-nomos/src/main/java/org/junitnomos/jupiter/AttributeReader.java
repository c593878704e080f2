package org.junitnomos.jupiter;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junitnomos.scenario.Problems;
import org.junitnomos.time.DurationText;

/**
 * Reads the values of attributes: a value that is not set is null, a wrong one is reported with its place and then null
 * too, so that reading goes on and finds the next.
 */
final class AttributeReader {
    /** Decimal digits that every {@code double} literal of as many digits survives. */
    private static final MathContext LITERAL = new MathContext(15);

    private final Problems problems;
    private final AnnotationTerms terms;

    AttributeReader(Problems problems, AnnotationTerms terms) {
        this.problems = problems;
        this.terms = terms;
    }

    /** A text as it is; null if it is empty. */
    @Nullable
    String text(FoundAnnotation found, String attribute, String text) {
        return text.isEmpty() ? null : said(found, attribute, text);
    }

    @Nullable
    Integer number(FoundAnnotation found, String attribute, int value, int least, int most, String expected) {
        if (value == Topology.UNSET) {
            return null;
        }
        if (value < least || value > most) {
            wrong(found, attribute, value, expected, "Change the number");
            return null;
        }
        return said(found, attribute, value);
    }

    @Nullable
    Long number(FoundAnnotation found, String attribute, long value, long least, String expected) {
        if (value == Topology.UNSET) {
            return null;
        }
        if (value < least) {
            wrong(found, attribute, value, expected, "Change the number");
            return null;
        }
        return said(found, attribute, value);
    }

    /** Numbers as they are; null if there is none. */
    @Nullable
    List<Integer> numbers(FoundAnnotation found, String attribute, int[] values) {
        return values.length == 0
                ? null
                : said(found, attribute, Arrays.stream(values).boxed().toList());
    }

    @Nullable
    BigDecimal fraction(FoundAnnotation found, String attribute, double value) {
        if (Double.isNaN(value)) {
            return null;
        }
        if (!(value > 0 && value < 1)) {
            wrong(found, attribute, value, "more than 0 and less than 1", "Change the number");
            return null;
        }
        return said(found, attribute, new BigDecimal(value).round(LITERAL).stripTrailingZeros());
    }

    @Nullable
    Duration duration(FoundAnnotation found, String attribute, String text) {
        var duration = text.isEmpty() ? null : parse(found, attribute, text, text);
        return duration == null ? null : said(found, attribute, duration);
    }

    /** Reads a duration that may have a minus in front. */
    @Nullable
    Duration signed(FoundAnnotation found, String attribute, String text) {
        var plain = text.strip();
        var magnitude = parse(found, attribute, plain.startsWith("-") ? plain.substring(1) : plain, text);
        return magnitude != null && plain.startsWith("-") ? magnitude.negated() : magnitude;
    }

    @Nullable
    Duration positive(FoundAnnotation found, String attribute, String text) {
        var duration = duration(found, attribute, text);
        if (duration != null && duration.isZero()) {
            wrong(found, attribute, "\"" + text + "\"", "more than 0", "Give a longer time");
            return null;
        }
        return duration;
    }

    @Nullable
    Boolean atMostOne(FoundAnnotation found, String attribute, boolean[] values) {
        var boxed = new Boolean[values.length];
        for (int i = 0; i < values.length; i++) {
            boxed[i] = values[i];
        }
        return atMostOne(found, attribute, boxed);
    }

    <T> @Nullable T atMostOne(FoundAnnotation found, String attribute, T[] values) {
        if (values.length > 1) {
            wrong(found, attribute, List.of(values), "at most one value", "Keep one of them");
        }
        return values.length == 1 ? said(found, attribute, values[0]) : null;
    }

    private @Nullable Duration parse(FoundAnnotation found, String attribute, String text, String shown) {
        try {
            return DurationText.parse(text);
        } catch (IllegalArgumentException e) {
            wrong(
                    found,
                    attribute,
                    "\"" + shown + "\"",
                    "a duration such as 30s, 1500ms, 2m, 1h or PT30S",
                    "Write a number and a unit");
            return null;
        }
    }

    private void wrong(FoundAnnotation found, String attribute, Object value, String expected, String fix) {
        problems.add(found.place(attribute), value, expected, fix);
        terms.unreadable(found.name() + "." + attribute);
    }

    private <T> T said(FoundAnnotation found, String attribute, T value) {
        terms.said(found, attribute);
        return value;
    }
}
