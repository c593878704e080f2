package org.junitnomos.journal;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.mantle.ChannelId;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.MsgId;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.mantle.TxHash;

/** Turns the JSON of a line back into an event; counts the fields it does not know. Not thread-safe. */
final class EventParser {

    private static final BigInteger LARGEST = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
    private static final BigInteger SMALLEST = BigInteger.valueOf(Long.MIN_VALUE);

    private int unknownFields;

    int unknownFields() {
        return unknownFields;
    }

    /**
     * Reads an event.
     *
     * @throws IllegalArgumentException naming the field, what was expected and what was found
     */
    JournalEvent event(EventFormat format, JsonNode json) {
        unknownFields--; // the kind
        return (JournalEvent) record(format, json, "");
    }

    private Record record(EventFormat format, JsonNode json, String path) {
        if (!json.isObject()) {
            throw unexpected(path, "an object", json);
        }
        List<@Nullable Object> values = new ArrayList<>(format.fields().size());
        int known = 0;
        for (EventFormat.Field field : format.fields()) {
            String place = path.isEmpty() ? field.name() : path + "." + field.name();
            JsonNode value = json.get(field.name());
            if (value == null) {
                throw new IllegalArgumentException("field '" + place + "' is missing");
            }
            known++;
            values.add(value.isNull() && field.nullable() ? null : value(field.type(), value, place));
        }
        unknownFields += json.size() - known;
        return create(format, values, path);
    }

    private static Record create(EventFormat format, List<@Nullable Object> values, String path) {
        try {
            return format.constructor().newInstance(values.toArray());
        } catch (InvocationTargetException e) {
            Throwable cause = e.getTargetException();
            throw new IllegalArgumentException(
                    place(path) + " is no " + format.kind() + ": " + cause.getMessage(), cause);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(format.type() + " cannot be created", e);
        }
    }

    private Object value(Type type, JsonNode json, String path) {
        if (type == long.class || type == Long.class) {
            return number(json, path);
        }
        if (type == int.class) {
            return check(json.isIntegralNumber() && json.canConvertToInt(), "a whole number of 32 bits", json, path)
                    .intValue();
        }
        if (type == boolean.class) {
            return check(json.isBoolean(), "true or false", json, path).booleanValue();
        }
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == Map.class ? map(generic, json, path) : list(generic, json, path);
        }
        if (type instanceof Class<?> part && Record.class.isAssignableFrom(part) && json.isObject()) {
            return record(EventFormat.ofType(part), json, path);
        }
        String text = check(json.isTextual(), "a string", json, path).textValue();
        return type == String.class ? text : parsed(type, text, json, path);
    }

    private static Object parsed(Type type, String text, JsonNode json, String path) {
        if (type instanceof Class<?> constants && constants.isEnum()) {
            return constant(constants, text, json, path);
        }
        if (type == HeaderId.class) {
            return id(HeaderId::fromHex, text, path);
        }
        if (type == BlobId.class) {
            return id(BlobId::fromHex, text, path);
        }
        if (type == ChannelId.class) {
            return id(ChannelId::fromHex, text, path);
        }
        if (type == MsgId.class) {
            return id(MsgId::fromHex, text, path);
        }
        if (type == TxHash.class) {
            return id(TxHash::fromHex, text, path);
        }
        if (type == NoteId.class) {
            return id(NoteId::fromHex, text, path);
        }
        throw unexpected(path, "an object", json);
    }

    /** Reads a number as {@link EventWriter} writes them, with or without sign. */
    private static long number(JsonNode json, String path) {
        check(json.isIntegralNumber(), "a whole number", json, path);
        BigInteger value = json.bigIntegerValue();
        boolean fits = value.compareTo(SMALLEST) >= 0 && value.compareTo(LARGEST) <= 0;
        check(fits, "a whole number of 64 bits", json, path);
        return value.longValue();
    }

    private List<Object> list(ParameterizedType type, JsonNode json, String path) {
        check(json.isArray(), "an array", json, path);
        Type item = type.getActualTypeArguments()[0];
        List<Object> values = new ArrayList<>(json.size());
        for (int i = 0; i < json.size(); i++) {
            values.add(value(item, json.get(i), path + "[" + i + "]"));
        }
        return values;
    }

    private Map<String, Object> map(ParameterizedType type, JsonNode json, String path) {
        check(json.isObject(), "an object", json, path);
        Map<String, Object> values = new LinkedHashMap<>();
        json.fieldNames()
                .forEachRemaining(key ->
                        values.put(key, value(type.getActualTypeArguments()[1], json.path(key), path + "." + key)));
        return values;
    }

    private static Object constant(Class<?> type, String text, JsonNode json, String path) {
        List<String> names = new ArrayList<>();
        for (Object candidate : type.getEnumConstants()) {
            String name = EventFormat.constant((Enum<?>) candidate);
            if (name.equals(text)) {
                return candidate;
            }
            names.add(name);
        }
        throw unexpected(path, "one of " + names, json);
    }

    private static <T> T id(Function<String, T> parser, String text, String path) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(place(path) + ": " + e.getMessage(), e);
        }
    }

    private static JsonNode check(boolean good, String wanted, JsonNode json, String path) {
        if (!good) {
            throw unexpected(path, wanted, json);
        }
        return json;
    }

    private static IllegalArgumentException unexpected(String path, String wanted, JsonNode json) {
        String text = json.toString();
        String shown = text.length() <= 80 ? text : text.substring(0, 80) + "...";
        return new IllegalArgumentException(place(path) + ": expected " + wanted + " but was " + shown);
    }

    private static String place(String path) {
        return path.isEmpty() ? "the event" : "field '" + path + "'";
    }
}
