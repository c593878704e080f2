package org.junitnomos.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.junitnomos.time.VisibleText;

/** Asks a Prometheus by its HTTP API. Thread-safe. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class PrometheusApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int MILLIS = 3;

    private final String base;
    private final Supplier<Optional<String>> trouble;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(LIMIT).build();

    /** Asks the one whose addresses begin with that; does not connect yet. */
    public PrometheusApi(URI base) {
        this(base, Optional::empty);
    }

    /**
     * Asks one that is watched.
     *
     * @param trouble why it has nothing to tell, where that is known
     */
    PrometheusApi(URI base, Supplier<Optional<String>> trouble) {
        this.base = base.toString().replaceFirst("/+$", "");
        this.trouble = trouble;
    }

    /** {@return what its addresses begin with, without a slash at the end} */
    public String base() {
        return base;
    }

    /** Says whether it answers queries now. */
    boolean isReady() throws InterruptedException {
        try {
            return send("/-/ready").status == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Evaluates a query at the moment.
     *
     * @param promql the query
     * @return the values in the order of the answer
     * @throws IllegalArgumentException if it is refused, or does not give numbers of one moment; says why
     * @throws IllegalStateException if nobody answers
     */
    public List<QueriedSample> query(String promql) {
        return ask("/api/v1/query?query=" + encoded(promql), promql);
    }

    /**
     * Evaluates a query at several moments of the past.
     *
     * @param from the first
     * @param until not after that
     * @param step from one to the next; at least 1 ms
     * @return the values, those with equal labels one after the other, oldest first
     * @throws IllegalArgumentException if it is refused; says why
     * @throws IllegalStateException if nobody answers
     */
    public List<QueriedSample> query(String promql, Instant from, Instant until, Duration step) {
        return ask(
                "/api/v1/query_range?query=" + encoded(promql) + "&start=" + seconds(from.toEpochMilli()) + "&end="
                        + seconds(until.toEpochMilli()) + "&step=" + seconds(step.toMillis()),
                promql);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String seconds(long millis) {
        return BigDecimal.valueOf(millis, MILLIS).toPlainString();
    }

    private List<QueriedSample> ask(String path, String promql) {
        try {
            var samples = samples(send(path), promql);
            if (samples.isEmpty()) {
                trouble.get().ifPresent(reason -> {
                    throw new IllegalStateException(reason);
                });
            }
            return samples;
        } catch (IOException e) {
            throw new IllegalStateException(
                    trouble.get().orElse("Prometheus at " + base + " cannot be asked: " + e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Prometheus at " + base + " was asked", e);
        }
    }

    private record Answer(int status, byte[] body) {}

    private Answer send(String path) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(LIMIT).build();
        var response = client.send(request, BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), response.body());
    }

    private List<QueriedSample> samples(Answer answer, String promql) throws IOException {
        JsonNode json;
        try {
            json = JSON.readTree(answer.body);
        } catch (IOException e) {
            throw new IOException("it answered " + answer.status + " without JSON", e);
        }
        if (!json.path("status").asText().equals("success")) {
            throw new IllegalArgumentException("Prometheus refuses the query '" + promql + "': "
                    + VisibleText.ofLine(json.path("error").asText("status " + answer.status)));
        }
        var result = json.at("/data/result");
        var samples = new ArrayList<QueriedSample>();
        switch (json.at("/data/resultType").asText()) {
            case "scalar" -> samples.add(sample(Map.of(), result));
            case "vector" -> result.forEach(each -> samples.add(sample(labels(each), each.path("value"))));
            case "matrix" ->
                result.forEach(each -> each.path("values").forEach(value -> samples.add(sample(labels(each), value))));
            default ->
                throw new IllegalArgumentException("the query '" + promql + "' gives a "
                        + VisibleText.ofLine(json.at("/data/resultType").asText()) + ", expected numbers");
        }
        return samples;
    }

    private static Map<String, String> labels(JsonNode series) {
        var labels = new TreeMap<String, String>();
        var told = series.path("metric");
        told.fieldNames()
                .forEachRemaining(name -> labels.put(name, told.path(name).asText()));
        return labels;
    }

    private static QueriedSample sample(Map<String, String> labels, JsonNode pair) {
        long millis = pair.path(0).decimalValue().movePointRight(MILLIS).longValue();
        return new QueriedSample(
                labels,
                Instant.ofEpochMilli(millis),
                MetricNumber.parse(pair.path(1).asText()));
    }
}
