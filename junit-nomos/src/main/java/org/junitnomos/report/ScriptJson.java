package org.junitnomos.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Serial;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON that can stand in a {@code script} element of a page: without any character that could end the element or
 * begin a comment in it, and in ASCII alone, so that no encoding and no half of a pair of surrogates can break it.
 */
final class ScriptJson {
    private static final ObjectMapper MAPPER = new ObjectMapper(factory());

    private ScriptJson() {}

    private static JsonFactory factory() {
        return new JsonFactoryBuilder()
                .characterEscapes(new MarkupEscapes())
                .configure(JsonWriteFeature.ESCAPE_NON_ASCII, true)
                .build();
    }

    /** Writes a value; leaves the writer open. */
    static void write(Writer out, @Nullable Object value) throws IOException {
        try (var generator = MAPPER.getFactory().createGenerator(out)) {
            generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            MAPPER.writeValue(generator, value);
        }
    }

    private static final class MarkupEscapes extends CharacterEscapes {
        @Serial
        private static final long serialVersionUID = 1;

        private final int[] codes = standardAsciiEscapesForJSON();

        MarkupEscapes() {
            for (char c : "<>&'".toCharArray()) {
                codes[c] = ESCAPE_STANDARD;
            }
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return codes.clone();
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int c) {
            return c < ' ' || c > '~' ? null : new SerializedString(String.format("\\u%04x", c));
        }
    }
}
