package org.junitnomos.expectation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junitnomos.metrics.MetricNumber;
import org.junitnomos.time.DurationText;

/** What one metric of a node, or a sum, was measured to be, and how long that was out of bounds. */
final class MetricTrack {
    private static final int SHOWN = 16;

    private final MetricBound bound;
    private final List<Point> points = new ArrayList<>();
    private final List<Point> weighed = new ArrayList<>();
    private @Nullable Point worst;

    /** The worst of what was weighed; null if no percentile of all of it was judged. */
    private @Nullable Point peak;

    private int judged;
    private int breaches;
    private long measured;
    private long breached;

    MetricTrack(MetricBound bound) {
        this.bound = bound;
    }

    /** A measured value; {@code span}: the time for which it counts, nanoseconds. */
    private record Point(long at, double value, long span) {}

    /** Takes a value that is judged, and counts for the time before it. */
    void judge(long at, double value, long span) {
        var point = new Point(at, value, span);
        points.add(point);
        judged++;
        measured += span;
        if (!bound.isWithin(value)) {
            breaches++;
            breached += span;
        }
        if (worst == null || distance(value) > distance(worst.value)) {
            worst = point;
        }
    }

    /** Takes a value from which what is judged will follow. */
    void see(long at, double value) {
        points.add(new Point(at, value, 0));
    }

    /** Takes a value of which a percentile is judged: that of every span, if there are spans. */
    void weigh(long at, double value, long span) {
        var point = new Point(at, value, span);
        weighed.add(point);
        var over = bound.over();
        if (over == null) {
            points.add(point);
        } else if (at - weighed.get(0).at >= over.toNanos()) {
            long from = at - over.toNanos();
            var inside = weighed.stream().filter(each -> each.at > from).toList();
            percentile(inside).ifPresent(number -> judge(at, number, span));
        }
    }

    /** Judges the percentile of all that was weighed, unless that of every span was. */
    void concludeWeighed() {
        if (bound.over() == null && !weighed.isEmpty()) {
            long end = weighed.get(weighed.size() - 1).at;
            percentile(weighed).ifPresent(number -> {
                conclude(end, number);
                peak = weighed.stream()
                        .filter(each -> each.span > 0)
                        .max(Comparator.comparingDouble(each -> distance(each.value)))
                        .orElse(null);
            });
        }
    }

    /** The smallest value that was not exceeded for the share of time; values that count for no time are left out. */
    private OptionalDouble percentile(List<Point> among) {
        var sorted = among.stream()
                .filter(each -> each.span > 0)
                .sorted(Comparator.comparingDouble(Point::value))
                .toList();
        double share = bound.percentile() / 100;
        double wanted = share * sorted.stream().mapToLong(Point::span).sum();
        var found = OptionalDouble.empty();
        long passed = 0;
        for (var point : sorted) {
            if (found.isEmpty() || passed + 0.5 < wanted) { // half a nanosecond, for what rounding adds
                found = OptionalDouble.of(point.value);
            }
            passed += point.span;
        }
        return found;
    }

    /** Takes what followed, which is all that is judged. */
    void conclude(long at, double value) {
        judged++;
        breaches = bound.isWithin(value) ? 0 : 1;
        worst = new Point(at, value, 0);
    }

    /** How far a value is out of bounds, or how near to them as a negative number. */
    private double distance(double value) {
        return Double.isNaN(value)
                ? Double.POSITIVE_INFINITY
                : Math.max(bound.atLeast() - value, value - bound.atMost());
    }

    boolean isEmpty() {
        return judged == 0;
    }

    /** Whether it was out of bounds for more than is allowed of what was measured. */
    boolean isBroken() {
        return breaches > 0 && (bound.breach() == 0 || breached > bound.breach() * measured);
    }

    /** Whether it was out of bounds for more than is allowed of a whole run window. */
    boolean isLost(long window) {
        return breaches > 0 && (bound.breach() == 0 || breached > bound.breach() * window);
    }

    /** The worst moment and the series. */
    String text(String subject) {
        var most = worst;
        if (most == null) {
            return "  " + subject + ": nothing";
        }
        var text = new StringBuilder("  ").append(subject).append(": ");
        text.append(bound.text(most.value)).append(" at ").append(time(most.at));
        if (judged > 1) {
            text.append(" was the worst; out of bounds ")
                    .append(breaches)
                    .append(" of ")
                    .append(judged);
            text.append(" times");
            if (measured > 0) {
                text.append(", ")
                        .append(MetricBound.percent((double) breached / measured))
                        .append(" of ");
                text.append(time(measured));
            }
        }
        var highest = peak;
        if (highest != null) {
            text.append("; ").append(bound.text(highest.value));
            text.append(" at ").append(time(highest.at)).append(" was the worst");
        }
        return text.append("\n    measured: ")
                .append(series(highest == null ? most : highest))
                .toString();
    }

    /** The first, the last, the worst and some between. */
    private String series(Point most) {
        var shown = new ArrayList<Point>();
        int size = points.size();
        for (int i = 0; i < Math.min(size, SHOWN); i++) {
            shown.add(points.get(size <= SHOWN ? i : (int) ((long) i * (size - 1) / (SHOWN - 1))));
        }
        if (points.contains(most) && !shown.contains(most)) {
            shown.add(most);
        }
        shown.sort(Comparator.comparingLong(Point::at));
        var texts = new ArrayList<String>();
        shown.forEach(each -> texts.add(MetricNumber.shortText(each.value) + " at " + time(each.at)));
        return String.join(", ", texts) + (size > shown.size() ? " (of " + size + ")" : "");
    }

    private static String time(long nanos) {
        return DurationText.ofNanos(nanos);
    }
}
