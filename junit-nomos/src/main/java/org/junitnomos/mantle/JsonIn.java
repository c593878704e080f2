package org.junitnomos.mantle;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.EOFException;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON token by token, naming the place in every complaint; one that is not about the shape but the syntax has an
 * {@link IOException} as its cause.
 *
 * <p>Every reading method is called with the first token of its value as the current one and leaves the last one.
 */
final class JsonIn {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final byte[] source;
    private final String prefix;
    private final JsonParser parser;

    private JsonIn(byte[] source, String prefix) throws IOException {
        this.source = source;
        this.prefix = prefix;
        this.parser = FACTORY.createParser(source);
    }

    /** Reads a whole document. */
    static <T> T read(byte[] json, Function<JsonIn, T> reader) {
        return read(json, "", reader);
    }

    private static <T> T read(byte[] json, String prefix, Function<JsonIn, T> reader) {
        JsonIn in;
        try {
            in = new JsonIn(json, prefix);
        } catch (IOException e) {
            throw new WireFormatException(prefix, "expected JSON but was unreadable", e);
        }
        if (in.next() == null) {
            IOException end = new EOFException("EOF while parsing a value at line 1 column 0");
            throw new WireFormatException(prefix, "expected JSON but was empty", end);
        }
        T value = reader.apply(in);
        if (in.next() != null) {
            throw new WireFormatException(
                    prefix,
                    "expected the end of the JSON text but was followed by " + in.found(),
                    new IOException("trailing characters"));
        }
        return value;
    }

    boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    boolean isText() {
        return parser.currentToken() == JsonToken.VALUE_STRING;
    }

    void beginObject() {
        expect(JsonToken.START_OBJECT, "an object");
    }

    /** Steps to the value of the next field of the current object. */
    @Nullable
    String nextField() {
        if (next() == JsonToken.END_OBJECT) {
            return null;
        }
        String name = text(JsonToken.FIELD_NAME, "a field name");
        next();
        return name;
    }

    /** Reads an array. */
    <T> List<T> array(Function<JsonIn, T> element) {
        expect(JsonToken.START_ARRAY, "an array");
        List<T> elements = new ArrayList<>();
        while (next() != JsonToken.END_ARRAY) {
            elements.add(element.apply(this));
        }
        return elements;
    }

    /** Reads an array of two elements. */
    <A, B, T> T pair(Function<JsonIn, A> first, Function<JsonIn, B> second, BiFunction<A, B, T> join) {
        expect(JsonToken.START_ARRAY, "an array of 2 elements");
        next();
        A a = first.apply(this);
        next();
        B b = second.apply(this);
        if (next() != JsonToken.END_ARRAY) {
            throw problem("expected an array of 2 elements but was longer");
        }
        return join.apply(a, b);
    }

    boolean bool() {
        JsonToken token = parser.currentToken();
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            throw expected("true or false");
        }
        return token == JsonToken.VALUE_TRUE;
    }

    /** Reads an array of at most {@code limit} elements. */
    <T> List<T> array(Function<JsonIn, T> element, int limit) {
        List<T> elements = array(element);
        if (elements.size() > limit) {
            throw problem("expected at most " + limit + " elements but was " + elements.size());
        }
        return elements;
    }

    /** Reads an object of exactly one field, whose name says what the value is. */
    <T> T single(String what, Function<String, T> value) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw expected(what);
        }
        String name = nextField();
        if (name == null) {
            throw problem("expected " + what + " but was an empty object");
        }
        T result = value.apply(name);
        if (nextField() != null) {
            throw problem("expected " + what + " with one field but was followed by another");
        }
        return result;
    }

    void skip() {
        try {
            parser.skipChildren();
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    /** Skips a value and returns its text, for a reader that is not known yet. */
    byte[] slice() {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        skip();
        if (isText()) {
            text();
        }
        int to = (int) parser.currentLocation().getByteOffset();
        return Arrays.copyOfRange(source, from, to);
    }

    /** Reads text cut out before, as if it were a field of the current object. */
    <T> T readSlice(byte[] slice, String field, Function<JsonIn, T> reader) {
        String path = path();
        return read(slice, path.isEmpty() ? field : path + "." + field, reader);
    }

    String text() {
        return text(JsonToken.VALUE_STRING, "a string");
    }

    private String text(JsonToken token, String name) {
        expect(token, name);
        try {
            return parser.getText();
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    /** Reads a number from 0 to 2^64 - 1. */
    long u64() {
        String expected = "a number from 0 to 18446744073709551615";
        expect(JsonToken.VALUE_NUMBER_INT, expected);
        try {
            if (parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
                long value = parser.getLongValue();
                if (value >= 0) {
                    return value;
                }
            } else {
                BigInteger value = parser.getBigIntegerValue();
                if (value.signum() >= 0 && value.bitLength() <= 64) {
                    return value.longValue();
                }
            }
        } catch (IOException e) {
            throw malformed(e);
        }
        throw expected(expected);
    }

    /** Reads an array of exactly {@code length} numbers from 0 to 255. */
    byte[] numbers(int length) {
        expect(JsonToken.START_ARRAY, "an array of " + length + " numbers");
        byte[] bytes = new byte[length];
        int count = 0;
        while (next() != JsonToken.END_ARRAY) {
            if (count == length) {
                throw problem("expected an array of " + length + " numbers but was longer");
            }
            bytes[count++] = number();
        }
        if (count != length) {
            throw problem("expected an array of " + length + " numbers but was " + count);
        }
        return bytes;
    }

    /** Reads an array of any length of numbers from 0 to 255. */
    byte[] numbers() {
        expect(JsonToken.START_ARRAY, "an array of numbers");
        byte[] bytes = new byte[64];
        int count = 0;
        while (next() != JsonToken.END_ARRAY) {
            if (count == bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * count);
            }
            bytes[count++] = number();
        }
        return Arrays.copyOf(bytes, count);
    }

    private byte number() {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            try {
                if (parser.getNumberType() == JsonParser.NumberType.INT) {
                    int value = parser.getIntValue();
                    if (value >= 0 && value <= 255) {
                        return (byte) value;
                    }
                }
            } catch (IOException e) {
                throw malformed(e);
            }
        }
        throw expected("a number from 0 to 255");
    }

    byte[] hex32() {
        return parse(text(), text -> Hex.decode(text, 32));
    }

    Fr fr() {
        return parse(text(), Fr::fromHex);
    }

    /** Converts text, naming the place if that fails. */
    <T> T parse(String text, Function<String, T> conversion) {
        try {
            return conversion.apply(text);
        } catch (WireFormatException e) {
            throw problem(e.getMessage());
        }
    }

    /** Refuses a second value of one field. */
    <T> T once(@Nullable T before, T value) {
        if (before != null) {
            throw problem("expected the field once but was repeated");
        }
        return value;
    }

    /** Refuses a missing field of the object just read. */
    <T> T require(@Nullable T value, String field) {
        if (value == null) {
            throw problem("expected the field \"" + field + "\" but was missing");
        }
        return value;
    }

    WireFormatException expected(String what) {
        return problem("expected " + what + " but was " + found());
    }

    WireFormatException problem(String problem) {
        return new WireFormatException(path(), problem);
    }

    private void expect(JsonToken token, String name) {
        if (parser.currentToken() != token) {
            throw expected(name);
        }
    }

    private @Nullable JsonToken next() {
        try {
            return parser.nextToken();
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    private String found() {
        JsonToken token = parser.currentToken();
        if (token == null) {
            return "the end of the text";
        }
        try {
            return switch (token) {
                case START_OBJECT -> "an object";
                case START_ARRAY -> "an array";
                case END_OBJECT, END_ARRAY -> "the end of the list";
                case VALUE_STRING -> "the string \"" + excerpt(parser.getText()) + "\"";
                case FIELD_NAME -> "the field \"" + excerpt(parser.getText()) + "\"";
                default -> excerpt(parser.getText());
            };
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    private static String excerpt(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "...";
    }

    private WireFormatException malformed(IOException e) {
        String reason = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
        return new WireFormatException(path(), "expected well-formed JSON but " + reason, e);
    }

    private String path() {
        StringBuilder path = new StringBuilder();
        append(path, parser.getParsingContext());
        String inner = path.length() > 0 && path.charAt(0) == '.' ? path.substring(1) : path.toString();
        if (prefix.isEmpty() || inner.isEmpty()) {
            return prefix + inner;
        }
        return inner.charAt(0) == '[' ? prefix + inner : prefix + "." + inner;
    }

    /** Recursion is bounded by the nesting limit of the parser. */
    private static void append(StringBuilder path, @Nullable JsonStreamContext context) {
        if (context == null) {
            return;
        }
        append(path, context.getParent());
        if (context.inObject() && context.getCurrentName() != null) {
            path.append('.').append(context.getCurrentName());
        } else if (context.inArray() && context.hasCurrentIndex()) {
            path.append('[').append(context.getCurrentIndex()).append(']');
        }
    }
}
