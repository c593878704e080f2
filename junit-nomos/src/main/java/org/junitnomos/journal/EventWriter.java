package org.junitnomos.journal;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.JournalEvent.CreatedNote;
import org.junitnomos.journal.JournalEvent.TransactionSummary;
import org.junitnomos.mantle.Id32;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.mantle.TxHash;

/**
 * Writes events as lines of JSON: the kind first, then the fields of the event in their order, UTF-8, one line feed.
 * The same event gives the same bytes on every JDK. Not thread-safe.
 */
final class EventWriter {

    private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    private final JsonGenerator json;

    EventWriter() {
        try {
            json = new JsonFactoryBuilder().rootValueSeparator("").build().createGenerator(line);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }

    /** Returns the line of an event, with its line feed. */
    byte[] line(JournalEvent event) {
        try {
            format(event);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return line.toByteArray();
    }

    private void format(JournalEvent event) throws IOException {
        EventFormat format = EventFormat.ofType(event.getClass());
        line.reset();
        json.writeStartObject();
        json.writeStringField(EventFormat.KIND, format.kind());
        writeFields(format, (Record) event);
        json.writeEndObject();
        json.flush();
        line.write('\n');
    }

    private void writeFields(EventFormat format, Record owner) throws IOException {
        boolean unsigned = owner instanceof CreatedNote || owner instanceof TransactionSummary;
        for (EventFormat.Field field : format.fields()) {
            json.writeFieldName(field.name());
            Object value = field.valueIn(owner);
            if (unsigned && value instanceof Long number && number < 0) {
                json.writeNumber(Long.toUnsignedString(number));
            } else {
                write(value);
            }
        }
    }

    private void write(@Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof String text) {
            writeText(text);
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof Integer number) {
            json.writeNumber(number);
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Id32 id) {
            json.writeString(id.toHex());
        } else if (value instanceof TxHash hash) {
            json.writeString(hash.toHex());
        } else if (value instanceof NoteId id) {
            json.writeString(id.toHex());
        } else if (value instanceof Enum<?> constant) {
            json.writeString(EventFormat.constant(constant));
        } else {
            writeComposite(value);
        }
    }

    private void writeComposite(Object value) throws IOException {
        if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object item : list) {
                write(item);
            }
            json.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName(wellFormed(String.valueOf(entry.getKey())));
                write(entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof Record part) {
            json.writeStartObject();
            writeFields(EventFormat.ofType(part.getClass()), part);
            json.writeEndObject();
        } else {
            throw new IllegalStateException(
                    "a journal cannot hold a " + value.getClass().getName());
        }
    }

    private void writeText(String text) throws IOException {
        if (hasSurrogates(text)) { // as escapes, if they were given as text
            byte[] bytes = wellFormed(text).getBytes(StandardCharsets.UTF_8);
            json.writeUTF8String(bytes, 0, bytes.length);
        } else {
            json.writeString(text);
        }
    }

    private static boolean hasSurrogates(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** Replaces halves of characters, which UTF-8 cannot express. */
    private static String wellFormed(String text) {
        if (!hasSurrogates(text)) {
            return text;
        }
        return text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xfffd : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
