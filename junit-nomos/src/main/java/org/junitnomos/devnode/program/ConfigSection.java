package org.junitnomos.devnode.program;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the keys of one mapping of the configuration, each under its whole name in complaints. */
final class ConfigSection {
    private static final int MAX_SHOWN = 120;

    private final String path;
    private final Map<?, ?> values;
    private final Set<String> known = new LinkedHashSet<>();

    ConfigSection(String path, Map<?, ?> values) {
        this.path = path;
        this.values = values;
    }

    String nameOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    ConfigException wrong(String key, String expected) {
        return new ConfigException(
                "The key '" + nameOf(key) + "' is " + describe(values.get(key)) + ", expected " + expected + ".");
    }

    /** Shows a value, shortened; a mapping or nested list not at all, as it may be large, or contain itself. */
    private static String describe(@Nullable Object value) {
        if (value instanceof Map) {
            return "a mapping";
        }
        if (value instanceof Collection<?> list) {
            boolean flat = list.stream().noneMatch(one -> one instanceof Map || one instanceof Collection);
            return flat && list.size() <= MAX_SHOWN ? shorten(list.toString()) : "a list";
        }
        return value instanceof String text ? "'" + shorten(text) + "'" : shorten(String.valueOf(value));
    }

    private static String shorten(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
    }

    private @Nullable Object find(String key) {
        known.add(key);
        return values.get(key);
    }

    private Object require(String key, String expected) throws ConfigException {
        Object value = find(key);
        if (value == null) {
            throw new ConfigException("The key '" + nameOf(key) + "' is missing, expected " + expected + ".");
        }
        return value;
    }

    /** Reads a text; numbers count as text. */
    String text(String key, String expected) throws ConfigException {
        Object value = require(key, expected);
        if (value instanceof String || value instanceof Number) {
            return value.toString();
        }
        throw wrong(key, expected);
    }

    @Nullable
    String optionalText(String key, String expected) throws ConfigException {
        return find(key) == null ? null : text(key, expected);
    }

    long number(String key, long least, long most) throws ConfigException {
        String expected = "a whole number from " + least + " to " + most;
        Object value = require(key, expected);
        if (value instanceof Integer || value instanceof Long || value instanceof BigInteger) {
            BigInteger number = new BigInteger(value.toString());
            if (number.bitLength() < Long.SIZE && number.longValue() >= least && number.longValue() <= most) {
                return number.longValue();
            }
        }
        throw wrong(key, expected);
    }

    long number(String key, long least, long most, long otherwise) throws ConfigException {
        return find(key) == null ? otherwise : number(key, least, most);
    }

    boolean flag(String key, boolean otherwise) throws ConfigException {
        Object value = find(key);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw wrong(key, "true or false");
    }

    /** Tells whether something is said under a key. */
    boolean has(String key) {
        return find(key) != null;
    }

    /** Reads a list of texts; empty if it is missing. */
    List<String> texts(String key, String expected) throws ConfigException {
        Object value = find(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw wrong(key, expected);
        }
        List<String> texts = new ArrayList<>();
        for (Object element : list) {
            if (!(element instanceof String text)) {
                throw wrong(key, expected);
            }
            texts.add(text);
        }
        return texts;
    }

    Map<?, ?> mapping(String key, String expected) throws ConfigException {
        Object value = require(key, expected);
        if (value instanceof Map<?, ?> mapping) {
            return mapping;
        }
        throw wrong(key, expected);
    }

    /** Reads a section of its own; an empty one if it is missing. */
    ConfigSection section(String key) throws ConfigException {
        Object value = find(key);
        Map<?, ?> mapping = value == null ? new LinkedHashMap<>() : mapping(key, "a mapping");
        return new ConfigSection(nameOf(key), mapping);
    }

    /** Refuses keys nobody asked for. */
    void refuseOthers() throws ConfigException {
        for (Object key : values.keySet()) {
            if (!(key instanceof String name)) {
                throw new ConfigException("The key " + describe(key) + (path.isEmpty() ? "" : " in '" + path + "'")
                        + " is no text, expected one of " + known + ".");
            }
            if (!known.contains(name)) {
                throw new ConfigException(
                        "The key '" + nameOf(shorten(name)) + "' is unknown, expected one of " + known + ".");
            }
        }
    }
}
