package org.junitnomos.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads the small answers of a node. Unknown fields are ignored; a missing or wrong one is named by its path.
 *
 * @param path place of {@code node} in the document; empty for the document
 * @param node what stands there
 */
record AnswerFields(String path, JsonNode node) {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private static final BigInteger LARGEST = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    static AnswerFields document(byte[] body) throws IOException {
        JsonNode node = MAPPER.readTree(body);
        if (node.isMissingNode()) {
            throw new IllegalArgumentException("expected JSON but the body is empty");
        }
        return new AnswerFields("", node);
    }

    /** What is wrong with a body, without what Jackson says about its own sources. */
    static String problemOf(Exception e) {
        if (e instanceof JsonProcessingException json) {
            String where = json.getLocation() == null
                    ? ""
                    : " at line " + json.getLocation().getLineNr() + ", column "
                            + json.getLocation().getColumnNr();
            return "no JSON: " + json.getOriginalMessage() + where;
        }
        return String.valueOf(e.getMessage());
    }

    AnswerFields field(String name) {
        requireThat(node.isObject(), "an object");
        JsonNode value = node.get(name);
        String place = path.isEmpty() ? name : path + "." + name;
        if (value == null) {
            throw new IllegalArgumentException("field '" + place + "' is missing");
        }
        return new AnswerFields(place, value);
    }

    boolean isNull() {
        return node.isNull();
    }

    boolean isText() {
        return node.isTextual();
    }

    String text() {
        requireThat(node.isTextual(), "a string");
        return node.textValue();
    }

    boolean bool() {
        requireThat(node.isBoolean(), "true or false");
        return node.booleanValue();
    }

    /** A number of 64 bits without sign, as the node writes them; large ones come back negative. */
    long unsigned() {
        requireThat(node.isIntegralNumber(), "a whole number");
        BigInteger value = node.bigIntegerValue();
        requireThat(value.signum() >= 0 && value.compareTo(LARGEST) <= 0, "a number from 0 to 2^64-1");
        return value.longValue();
    }

    long signed() {
        requireThat(node.isIntegralNumber() && node.canConvertToLong(), "a whole number of 64 bits");
        return node.longValue();
    }

    int count() {
        requireThat(
                node.isIntegralNumber() && node.canConvertToInt() && node.intValue() >= 0,
                "a whole number from 0 to 2147483647");
        return node.intValue();
    }

    /** Reads an id or a key with its own parser, whose complaint gets the path. */
    <T> T id(Function<String, T> parser) {
        String text = text();
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(place() + ": " + e.getMessage(), e);
        }
    }

    <T> List<T> list(Function<AnswerFields, T> reader) {
        requireThat(node.isArray(), "an array");
        List<T> values = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            values.add(reader.apply(new AnswerFields(path + "[" + i + "]", node.get(i))));
        }
        return values;
    }

    /** Lists the fields of an object whose names are data. */
    List<Map.Entry<String, AnswerFields>> fields() {
        requireThat(node.isObject(), "an object");
        List<Map.Entry<String, AnswerFields>> fields = new ArrayList<>(node.size());
        node.fieldNames().forEachRemaining(name -> fields.add(Map.entry(name, field(name))));
        return fields;
    }

    IllegalArgumentException unexpected(String wanted) {
        String text = node.toString();
        String shown = text.length() <= 80 ? text : text.substring(0, 80) + "...";
        return new IllegalArgumentException(place() + ": expected " + wanted + " but was " + shown);
    }

    private void requireThat(boolean good, String wanted) {
        if (!good) {
            throw unexpected(wanted);
        }
    }

    private String place() {
        return path.isEmpty() ? "the document" : "field '" + path + "'";
    }
}
