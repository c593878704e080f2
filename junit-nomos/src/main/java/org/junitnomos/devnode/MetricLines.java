package org.junitnomos.devnode;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.apiguardian.api.API;

/** Writes metrics as Prometheus text. Not thread-safe. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class MetricLines {
    /** Path of the route on the testing port. */
    public static final String PATH = "/metrics";

    /** Content type of the text. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder text = new StringBuilder();

    /** Adds what only grows. */
    public MetricLines counter(String name, String help, long value) {
        return add(name, "counter", help, value);
    }

    /** Adds what goes up and down. */
    public MetricLines gauge(String name, String help, long value) {
        return add(name, "gauge", help, value);
    }

    /** Adds what only grows, a decimal number with so many digits after its point. */
    public MetricLines counter(String name, String help, long value, int digits) {
        return add(name, "counter", help, BigDecimal.valueOf(value, digits));
    }

    private MetricLines add(String name, String type, String help, Object value) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        text.append(name).append(' ').append(value).append('\n');
        return this;
    }

    /** Returns the response that has these lines. */
    ApiResponse response() {
        return new ApiResponse(200, CONTENT_TYPE, text.toString().getBytes(StandardCharsets.UTF_8), null);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
