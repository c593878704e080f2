package org.junitnomos.realnode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Calls of a real node's HTTP API with what it answered, in order. A test plays them against dev nodes and asks for the
 * differences: status, headers, the shape of JSON, and texts that are the node's own.
 */
public final class RecordedAnswers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LONG_BODY = Pattern.compile("\"aaaaaaaa…\" \\((\\d+) bytes\\)");
    private static final List<String> OF_THE_SERVER =
            List.of("content-length", "date", "transfer-encoding", "connection");

    private static final String TIP = "5dd40f6af70fb33a30b686ff3a58dd0cdf63ec5daa1da17d545b960248196980";
    private static final String GENESIS = "7646de908ed89da94112e7d2826a1c7f2b7687fe266babe118e5ffb9d9a7d926";
    private static final String KEY = "5f933718baf6f404ed539de1e96c5a411628f9e5924ccbf927d4d1ebaa80a013";

    private final Map<String, String> places = new LinkedHashMap<>();

    /**
     * Creates the calls as they are for another chain.
     *
     * @param genesis id of its genesis block
     * @param tip id of a block of it
     * @param key a key with notes that the validator's wallet knows
     */
    public RecordedAnswers(String genesis, String tip, String key) {
        places.put(GENESIS, genesis);
        places.put(TIP, tip);
        places.put(TIP.toUpperCase(Locale.ROOT), tip.toUpperCase(Locale.ROOT));
        places.put(KEY, key);
    }

    /**
     * A call.
     *
     * @param name what it is about
     * @param executor whether an executor is called; else a validator
     * @param testing whether the testing port is called
     * @param contentType null if there is no such header
     * @param body empty if there is none
     */
    public record Call(
            String name,
            boolean executor,
            boolean testing,
            String method,
            String path,
            @Nullable String contentType,
            byte[] body,
            Answer answer) {}

    /**
     * An answer.
     *
     * @param status 0 if the connection broke
     * @param headers by name in lower case
     */
    public record Answer(int status, Map<String, String> headers, String body) {
        /** Make an answer of what a client got. */
        public static Answer of(int status, Map<String, List<String>> headers, byte[] body) {
            Map<String, String> joined = new TreeMap<>();
            headers.forEach((name, values) -> joined.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
            return new Answer(status, joined, new String(body, StandardCharsets.UTF_8));
        }
    }

    public List<Call> calls() throws IOException {
        List<Call> calls = new ArrayList<>();
        for (JsonNode call : read("answers.json")) {
            String type = call.path("contentType").textValue();
            JsonNode answer = call.path("answer");
            Map<String, String> headers = new TreeMap<>();
            answer.path("headers")
                    .properties()
                    .forEach(header ->
                            headers.put(header.getKey(), header.getValue().textValue()));
            calls.add(new Call(
                    call.path("case").textValue(),
                    call.path("node").textValue().equals("executor"),
                    call.path("port").textValue().equals("testing"),
                    call.path("method").textValue(),
                    translate(call.path("path").textValue()),
                    type,
                    body(call.path("body").asText("")),
                    new Answer(
                            answer.path("status").asInt(),
                            headers,
                            answer.path("body").asText(""))));
        }
        return calls;
    }

    /** Read {@code session.json} or {@code genesis.json}, which belong together, or another file of recorded JSON. */
    public static JsonNode read(String resource) throws IOException {
        try (InputStream in = RecordedAnswers.class.getResourceAsStream(resource)) {
            return JSON.readTree(Objects.requireNonNull(in, resource));
        }
    }

    private String translate(String text) {
        String translated = text;
        for (Map.Entry<String, String> place : places.entrySet()) {
            translated = translated.replace(place.getKey(), place.getValue());
        }
        return translated;
    }

    private byte[] body(String recorded) {
        Matcher cut = LONG_BODY.matcher(recorded);
        String body = cut.matches() ? '"' + "a".repeat(Integer.parseInt(cut.group(1)) - 2) + '"' : translate(recorded);
        return body.getBytes(StandardCharsets.UTF_8);
    }

    /** List what a dev node answers otherwise than the real node did, but for what {@link Deviation} allows. */
    public static List<String> differences(Call call, Answer given) throws IOException {
        Deviation deviation = Deviation.ALL.get(call.name());
        List<String> differences = compare(call.answer(), given, deviation);
        if (deviation != null
                && deviation.isAlwaysNeeded()
                && compare(call.answer(), given, null).isEmpty()) {
            differences.add("it answers as the real node, so the deviation is not needed: " + deviation);
        }
        differences.replaceAll(difference -> call.name() + ": " + difference);
        return differences;
    }

    private static List<String> compare(Answer recorded, Answer given, @Nullable Deviation deviation)
            throws IOException {
        List<String> differences = new ArrayList<>();
        if (deviation != null && deviation.others().contains(given.status() + " " + given.body())) {
            return differences;
        }
        if (recorded.status() == 0) {
            if (given.status() != 0 && given.status() != 413) {
                differences.add("expected no answer or status 413 but was " + given.status());
            }
            return differences;
        }
        if (recorded.status() != given.status()) {
            differences.add(
                    "expected status " + recorded.status() + " but was " + given.status() + ": " + given.body());
            return differences;
        }
        Map<String, String> expected = headers(recorded);
        if (!expected.equals(headers(given))) {
            differences.add("expected headers " + expected + " but was " + headers(given));
        }
        if (deviation == null || !deviation.text()) {
            List<String> missing = deviation == null ? List.of() : deviation.missing();
            differences.addAll(compareBodies(recorded.body(), given.body(), missing));
        } else if (!prefix(recorded.body()).equals(prefix(given.body()))) {
            differences.add("expected the text " + recorded.body() + " but was " + given.body());
        }
        return differences;
    }

    private static Map<String, String> headers(Answer answer) {
        Map<String, String> headers = new TreeMap<>(answer.headers());
        headers.keySet().removeAll(OF_THE_SERVER);
        return headers;
    }

    /** Cut off what follows the first colon, which is where a library goes on. */
    private static String prefix(String text) {
        return text.replaceFirst(":.*", "");
    }

    private static List<String> compareBodies(String recorded, String given, List<String> missing) throws IOException {
        if (recorded.startsWith("{") || recorded.startsWith("[")) {
            return JsonShape.differences(JSON.readTree(recorded), JSON.readTree(given), missing);
        }
        return recorded.equals(given) ? List.of() : List.of("expected the body " + recorded + " but was " + given);
    }
}
