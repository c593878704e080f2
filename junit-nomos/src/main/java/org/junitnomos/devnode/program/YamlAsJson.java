package org.junitnomos.devnode.program;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what was read from YAML as JSON. Not with a mapper: that would take most of the start of a node. */
final class YamlAsJson {
    private final JsonGenerator out;

    private YamlAsJson(JsonGenerator out) {
        this.out = out;
    }

    /**
     * Writes a value.
     *
     * @throws IOException if the value has no form in JSON, or is nested too deeply
     */
    static byte[] write(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = new JsonFactory().createGenerator(bytes)) {
            new YamlAsJson(out).any(value);
        }
        return bytes.toByteArray();
    }

    private void any(@Nullable Object value) throws IOException {
        if (value instanceof Map<?, ?> mapping) {
            out.writeStartObject();
            for (Map.Entry<?, ?> entry : mapping.entrySet()) {
                out.writeFieldName(String.valueOf(entry.getKey()));
                any(entry.getValue());
            }
            out.writeEndObject();
        } else if (value instanceof List<?> list) {
            out.writeStartArray();
            for (Object element : list) {
                any(element);
            }
            out.writeEndArray();
        } else {
            scalar(value);
        }
    }

    private void scalar(@Nullable Object value) throws IOException {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof String text) {
            out.writeString(text);
        } else if (value instanceof Boolean flag) {
            out.writeBoolean(flag);
        } else if (value instanceof Integer || value instanceof Long || value instanceof BigInteger) {
            out.writeNumber(new BigInteger(value.toString()));
        } else if (value instanceof Double number && Double.isFinite(number)) {
            out.writeNumber(BigDecimal.valueOf(number));
        } else {
            throw new IOException("there is no JSON for a " + value.getClass().getSimpleName());
        }
    }
}
