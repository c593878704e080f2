package org.junitnomos.journal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a record is written: its fields are its components in their order, under their names.
 *
 * @param type the record
 * @param kind name of the record on file, for example {@code block-observed}
 * @param fields its fields in order
 * @param constructor makes it from the values of its fields
 */
record EventFormat(
        Class<? extends Record> type, String kind, List<Field> fields, Constructor<? extends Record> constructor) {

    /** Version of the format; stands in the first event of a file. */
    static final int VERSION = 1;

    /** Name of the first field, which tells the kind of event; no event has a field of that name. */
    static final String KIND = "event";

    private static final Map<Class<?>, EventFormat> BY_TYPE = new LinkedHashMap<>();
    private static final Map<String, EventFormat> BY_KIND = new LinkedHashMap<>();

    static {
        for (Class<?> event : JournalEvent.class.getPermittedSubclasses()) {
            EventFormat format = of(event.asSubclass(Record.class));
            BY_TYPE.put(event, format);
            BY_KIND.put(format.kind, format);
        }
        BY_TYPE.put(JournalEvent.TransactionSummary.class, of(JournalEvent.TransactionSummary.class));
        BY_TYPE.put(JournalEvent.CreatedNote.class, of(JournalEvent.CreatedNote.class));
    }

    EventFormat {
        fields = List.copyOf(fields);
    }

    /**
     * One field of a record.
     *
     * @param getter takes the record and returns the value
     * @param nullable whether the value may be null
     */
    record Field(String name, Type type, MethodHandle getter, boolean nullable) {

        @Nullable
        Object valueIn(Record owner) {
            try {
                return getter.invoke(owner);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException("accessor of " + name + " failed", e);
            }
        }
    }

    static EventFormat ofType(Class<?> type) {
        EventFormat format = BY_TYPE.get(type);
        if (format == null) {
            throw new IllegalArgumentException(type.getName() + " is no part of a journal");
        }
        return format;
    }

    static @Nullable EventFormat ofKind(String kind) {
        return BY_KIND.get(kind);
    }

    /** Writes the name of an enum constant as the journal does: {@code API_READY} is {@code api-ready}. */
    static String constant(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static EventFormat of(Class<? extends Record> type) {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            List<Field> fields = new ArrayList<>();
            RecordComponent[] components = type.getRecordComponents();
            Class<?>[] types = new Class<?>[components.length];
            for (int i = 0; i < components.length; i++) {
                RecordComponent component = components[i];
                types[i] = component.getType();
                boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
                fields.add(new Field(
                        component.getName(),
                        component.getGenericType(),
                        lookup.unreflect(component.getAccessor()),
                        nullable));
            }
            return new EventFormat(type, kebab(type.getSimpleName()), fields, type.getDeclaredConstructor(types));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " is no record that this package can read", e);
        }
    }

    private static String kebab(String name) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isUpperCase(c) && i > 0) {
                text.append('-');
            }
            text.append(Character.toLowerCase(c));
        }
        return text.toString();
    }
}
