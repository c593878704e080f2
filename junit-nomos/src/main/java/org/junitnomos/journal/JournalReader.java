package org.junitnomos.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.JournalEvent.RunStarted;

/** Reads a journal file back into events. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class JournalReader {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String source;
    private final EventParser parser = new EventParser();
    private final List<JournalEvent> events = new ArrayList<>();
    private final Map<String, Integer> unknownKinds = new LinkedHashMap<>();
    private int line;

    private JournalReader(String source) {
        this.source = source;
    }

    /**
     * Reads a file.
     *
     * @param file a journal, complete or not
     * @return what it holds; kinds and fields that this version does not know are left out and counted
     * @throws JournalFormatException if a line is no event; names file, line, field, expected and found
     * @throws IOException if the file cannot be read
     */
    public static Result read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString());
        }
    }

    /**
     * Reads a stream to its end.
     *
     * @param in a journal, complete or not; not closed
     * @param source names the journal in texts
     * @return what it holds
     * @throws JournalFormatException if a line is no event
     * @throws IOException if the stream cannot be read
     */
    public static Result read(InputStream in, String source) throws IOException {
        return new JournalReader(source).readAll(new BufferedInputStream(in, 1 << 16));
    }

    /**
     * What a journal file says.
     *
     * @param events its events in order
     * @param tornBytes length of a last line that was cut off in the middle; 0 if the file ends well
     * @param unknownKinds how many events were left out, by kind
     * @param unknownFields how many fields of other events were left out
     */
    public record Result(
            List<JournalEvent> events, int tornBytes, Map<String, Integer> unknownKinds, int unknownFields) {
        public Result {
            events = List.copyOf(events);
            unknownKinds = Collections.unmodifiableMap(new LinkedHashMap<>(unknownKinds));
        }

        /** Says whether the run came to its end: the last event is {@link JournalEvent.RunEnded}. */
        public boolean isComplete() {
            return !events.isEmpty() && events.get(events.size() - 1) instanceof JournalEvent.RunEnded;
        }
    }

    private Result readAll(InputStream in) throws IOException {
        ByteArrayOutputStream buffer = new ByteArrayOutputStream(1024);
        int torn = 0;
        for (int b = in.read(); ; b = in.read()) {
            if (b == '\n') {
                line++;
                accept(buffer.toByteArray());
                buffer.reset();
            } else if (b >= 0) {
                buffer.write(b);
            } else {
                line++;
                torn = acceptLast(buffer.toByteArray());
                break;
            }
        }
        return new Result(events, torn, unknownKinds, parser.unknownFields());
    }

    private void accept(byte[] text) throws IOException {
        JsonNode json = parse(text);
        if (json == null) {
            throw bad("no JSON: \"" + shortened(text) + "\"", null);
        }
        accept(json);
    }

    /** A writer that was killed may leave half a line; a whole one without its line feed counts. */
    private int acceptLast(byte[] text) throws IOException {
        if (text.length == 0) {
            return 0;
        }
        JsonNode json = parse(text);
        if (json == null) {
            return text.length;
        }
        accept(json);
        return 0;
    }

    private static @Nullable JsonNode parse(byte[] text) throws IOException {
        try {
            JsonNode json = MAPPER.readTree(text);
            return json.isMissingNode() ? null : json;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private void accept(JsonNode json) {
        JsonNode kind = json.get(EventFormat.KIND);
        if (kind == null || !kind.isTextual()) {
            throw bad("field 'event' is missing or no string", null);
        }
        EventFormat format = EventFormat.ofKind(kind.textValue());
        if (format == null) {
            unknownKinds.merge(kind.textValue(), 1, Integer::sum);
            return;
        }
        JsonNode version = json.get("format");
        if (format.type() == RunStarted.class && version != null && version.asInt() > EventFormat.VERSION) {
            throw bad(
                    "it has format " + version.asInt() + " but this version of JUnit Nomos reads up to "
                            + EventFormat.VERSION + "; use the version that wrote it, or a newer one",
                    null);
        }
        try {
            events.add(parser.event(format, json));
        } catch (IllegalArgumentException e) {
            throw bad("event '" + format.kind() + "': " + e.getMessage(), e);
        }
    }

    private JournalFormatException bad(String problem, @Nullable Throwable cause) {
        return new JournalFormatException(source + ", line " + line + ": " + problem, cause);
    }

    private static String shortened(byte[] text) {
        String shown = new String(text, 0, Math.min(80, text.length), StandardCharsets.UTF_8);
        return text.length <= 80 ? shown : shown + "...";
    }
}
