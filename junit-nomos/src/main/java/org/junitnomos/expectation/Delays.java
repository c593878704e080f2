package org.junitnomos.expectation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junitnomos.metrics.MetricNumber;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.Problems;
import org.junitnomos.time.DurationText;
import org.opentest4j.AssertionFailedError;

/** Judges a percentile of how long each of many things took, for some subjects one by one. */
final class Delays {
    private static final int SPANS = 16;

    private final double percentile;
    private final Duration within;
    private final Map<String, List<Delay>> subjects = new LinkedHashMap<>();
    private final Map<String, Integer> young = new LinkedHashMap<>();

    Delays(double percentile, Duration within) {
        this.percentile = percentile;
        this.within = within;
    }

    /** Something that began at a time and took so long, or that is not over after so long. */
    private record Delay(long at, long nanos, boolean open) {}

    /** Refuses settings that mean nothing. */
    static void validate(double percentile, Duration within, Problems problems) {
        if (!(percentile > 0 && percentile <= 100)) {
            problems.add("percentile", MetricNumber.shortText(percentile), "more than 0 and at most 100", "Change it");
        }
        if (within.isNegative() || within.isZero()) {
            problems.add("within", DurationText.format(within), "more than 0", "Give a longer time");
        }
    }

    /** A percentile as it stands in names and failures: {@code "95 %"}. */
    static String share(double percentile) {
        return MetricNumber.shortText(percentile) + " %";
    }

    /** Takes what began at a time and is over. */
    void took(String subject, long at, long nanos) {
        of(subject).add(new Delay(at, nanos, false));
    }

    /** Takes what began at a time and is not over; nothing is known of it while it may still be in time. */
    void waits(String subject, long at, long nanos) {
        if (nanos > within.toNanos()) {
            of(subject).add(new Delay(at, nanos, true));
        } else {
            of(subject);
            young.merge(subject, 1, Integer::sum);
        }
    }

    private List<Delay> of(String subject) {
        return subjects.computeIfAbsent(subject, name -> new ArrayList<>());
    }

    /**
     * Judges all that was taken.
     *
     * @param what what took so long, for example {@code "transactions"}
     * @param end how it ends, for example {@code "be in a block"}
     * @throws AssertionFailedError with the measured series and its worst moment
     * @throws InconclusiveException if a subject, or all together, had nothing to judge
     */
    void judge(String what, String end) {
        var texts = new ArrayList<String>();
        var empty = new ArrayList<String>();
        subjects.forEach((subject, delays) -> {
            if (delays.isEmpty()) {
                empty.add("  " + subject + ": " + young.getOrDefault(subject, 0) + " " + what + " are too young");
            } else if (percentile(delays) > within.toNanos()) {
                texts.add(text(subject, delays, what));
            }
        });
        if (!texts.isEmpty()) {
            throw new AssertionFailedError("expected " + share(percentile) + " of the " + what + " to " + end
                    + " within " + DurationText.format(within) + " but:\n" + Listing.of(texts));
        }
        if (subjects.isEmpty()) {
            throw new InconclusiveException("there were no " + what + " to judge");
        }
        if (!empty.isEmpty()) {
            throw new InconclusiveException("not judged:\n" + Listing.of(empty));
        }
    }

    private long percentile(List<Delay> delays) {
        return percentile(delays, percentile);
    }

    /** The smallest that so many did not exceed. */
    private static long percentile(List<Delay> delays, double percent) {
        long[] sorted = delays.stream().mapToLong(Delay::nanos).sorted().toArray();
        int rank = (int) Math.ceil(percent / 100 * sorted.length - 1e-9);
        return sorted[Math.max(1, Math.min(rank, sorted.length)) - 1];
    }

    private String text(String subject, List<Delay> delays, String what) {
        var worst = delays.stream().max(Comparator.comparingLong(Delay::nanos)).orElseThrow();
        long open = delays.stream().filter(Delay::open).count();
        long late =
                delays.stream().filter(each -> each.nanos > within.toNanos()).count();
        var text = new StringBuilder("  ").append(subject).append(": ");
        text.append(share(percentile)).append(" took up to ").append(time(percentile(delays)));
        text.append("; ")
                .append(late)
                .append(" of ")
                .append(delays.size())
                .append(' ')
                .append(what);
        text.append(" were late").append(open == 0 ? "" : ", " + open + " of these are not over");
        for (double each : new double[] {50, 95, 99}) {
            text.append(", p").append(MetricNumber.shortText(each)).append(' ');
            text.append(time(percentile(delays, each)));
        }
        text.append("; the worst began at ").append(time(worst.at)).append(" and took ");
        text.append(worst.open ? "more than " : "").append(time(worst.nanos));
        return text.append("\n    measured: ").append(series(delays)).toString();
    }

    /** The percentile in spans of equal length, each by its beginning. */
    private String series(List<Delay> delays) {
        long first = delays.stream().mapToLong(Delay::at).min().orElse(0);
        long last = delays.stream().mapToLong(Delay::at).max().orElse(0);
        long length = (last - first) / SPANS + 1;
        var spans = new ArrayList<List<Delay>>();
        for (int i = 0; i < SPANS; i++) {
            spans.add(new ArrayList<>());
        }
        delays.forEach(each -> spans.get((int) ((each.at - first) / length)).add(each));
        var texts = new ArrayList<String>();
        for (int i = 0; i < SPANS; i++) {
            if (!spans.get(i).isEmpty()) {
                long from = spans.get(i).stream().mapToLong(Delay::at).min().orElse(0);
                texts.add(time(percentile(spans.get(i))) + " from " + time(from));
            }
        }
        return String.join(", ", texts);
    }

    /** For notes: the usual percentiles of all subjects together. */
    String summary() {
        var all = subjects.values().stream().flatMap(List::stream).toList();
        return all.isEmpty()
                ? "nothing measured"
                : String.join(
                        ", ",
                        Arrays.stream(new double[] {50, 95, 99})
                                .mapToObj(
                                        each -> "p" + MetricNumber.shortText(each) + " " + time(percentile(all, each)))
                                .toList());
    }

    private static String time(long nanos) {
        return DurationText.ofNanos(nanos);
    }
}
