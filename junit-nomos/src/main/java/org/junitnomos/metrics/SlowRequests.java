package org.junitnomos.metrics;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.apiguardian.api.API;
import org.junitnomos.client.RouteTally;

/** The limits by which slow requests are counted, and the metrics that do so. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class SlowRequests {
    /** Ascending. */
    public static final List<Duration> LIMITS = RouteTally.LIMITS;

    static final String NAME = "nomos_client_slower_requests";
    private static final int NANOS = 9;

    private SlowRequests() {}

    static Metric metric(String route, Duration limit) {
        var labels = new TreeMap<String, String>();
        labels.put("route", route);
        labels.put("than", text(limit));
        return new Metric(NAME, labels);
    }

    /** Says whether a metric counts the requests that took longer than a limit, by any route. */
    public static boolean isCountOf(Metric metric, Duration limit) {
        return metric.name().equals(NAME) && text(limit).equals(metric.labels().get("than"));
    }

    /** A limit in seconds: {@code "0.05"}. */
    static String text(Duration limit) {
        return BigDecimal.valueOf(limit.toNanos(), NANOS).stripTrailingZeros().toPlainString();
    }
}
