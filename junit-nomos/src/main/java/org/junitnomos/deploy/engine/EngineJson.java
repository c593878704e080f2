package org.junitnomos.deploy.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON (RFC 8259) into maps, lists, texts, numbers and booleans, because whoever cleans up after a dead JVM has
 * no library that could.
 */
final class EngineJson {
    private static final int DEEPEST = 64;
    private static final int HEXADECIMAL = 16;
    private static final int UNICODE_DIGITS = 4;

    private final String text;
    private int at;

    private EngineJson(String text) {
        this.text = text;
    }

    static @Nullable Object parse(String text) throws IOException {
        var json = new EngineJson(text);
        var value = json.value(0);
        if (json.peek() != '\0') {
            throw json.broken("its end");
        }
        return value;
    }

    private @Nullable Object value(int depth) throws IOException {
        if (depth > DEEPEST) {
            throw broken("at most " + DEEPEST + " levels");
        }
        switch (peek()) {
            case '{':
                return object(depth);
            case '[':
                return array(depth);
            case '"':
                return string();
            case 't':
                return word("true", Boolean.TRUE);
            case 'f':
                return word("false", Boolean.FALSE);
            case 'n':
                return word("null", null);
            default:
                return number();
        }
    }

    private Map<String, @Nullable Object> object(int depth) throws IOException {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        expect('{');
        if (peek() == '}') {
            at++;
            return fields;
        }
        while (true) {
            if (peek() != '"') {
                throw broken("the name of a field");
            }
            String name = string();
            expect(':');
            fields.put(name, value(depth + 1));
            if (isOver('}')) {
                return fields;
            }
        }
    }

    private List<@Nullable Object> array(int depth) throws IOException {
        var values = new ArrayList<@Nullable Object>();
        expect('[');
        if (peek() == ']') {
            at++;
            return values;
        }
        while (true) {
            values.add(value(depth + 1));
            if (isOver(']')) {
                return values;
            }
        }
    }

    /** Reads a comma, or the end. */
    private boolean isOver(char end) throws IOException {
        if (peek() == end) {
            at++;
            return true;
        }
        expect(',');
        return false;
    }

    private String string() throws IOException {
        expect('"');
        var value = new StringBuilder();
        while (at < text.length()) {
            char next = text.charAt(at++);
            if (next == '"') {
                return value.toString();
            }
            value.append(next == '\\' ? escaped() : next);
        }
        throw broken("the end of a text");
    }

    private char escaped() throws IOException {
        if (at == text.length()) {
            throw broken("an escaped character");
        }
        char next = text.charAt(at++);
        return switch (next) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case '"', '\\', '/' -> next;
            case 'u' -> unicode();
            default -> throw broken("an escaped character");
        };
    }

    private char unicode() throws IOException {
        try {
            char unit = (char) Integer.parseInt(text.substring(at, at + UNICODE_DIGITS), HEXADECIMAL);
            at += UNICODE_DIGITS;
            return unit;
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw broken("four hexadecimal digits");
        }
    }

    private @Nullable Object word(String word, @Nullable Object meaning) throws IOException {
        if (!text.startsWith(word, at)) {
            throw broken("a value");
        }
        at += word.length();
        return meaning;
    }

    private Number number() throws IOException {
        int start = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String number = text.substring(start, at);
        try {
            return Double.valueOf(number);
        } catch (NumberFormatException e) {
            at = start;
            throw broken("a value");
        }
    }

    /** The next character that is not white space; NUL at the end. */
    private char peek() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void expect(char wanted) throws IOException {
        if (peek() != wanted) {
            throw broken("'" + wanted + "'");
        }
        at++;
    }

    private IOException broken(String expected) {
        return new IOException("not JSON: expected " + expected + " at character " + at + " of " + text.length());
    }
}
