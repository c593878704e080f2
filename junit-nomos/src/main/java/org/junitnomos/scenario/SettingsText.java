package org.junitnomos.scenario;

import java.lang.reflect.InaccessibleObjectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junitnomos.time.DurationText;

/**
 * Writes the settings of a workload or an expectation: the components of its record whose text is the same on every
 * machine. What is no record, and what is no plain value, is left out.
 */
final class SettingsText {
    private static final String NAME = "name";

    private SettingsText() {}

    /** The settings in parentheses after a blank; empty if there are none to write. */
    static String of(Object part) {
        var texts = new ArrayList<String>();
        add(part, texts);
        return texts.isEmpty() ? "" : " (" + String.join(", ", texts) + ")";
    }

    private static void add(Object part, List<String> texts) {
        if (!(part instanceof Record)) {
            return;
        }
        for (var component : part.getClass().getRecordComponents()) {
            if (component.getName().equals(NAME)) {
                continue; // stands before the settings
            }
            Object value;
            try {
                var accessor = component.getAccessor();
                accessor.setAccessible(true);
                value = accessor.invoke(part);
            } catch (ReflectiveOperationException | InaccessibleObjectException e) {
                continue; // a record of a closed module keeps its settings to itself
            }
            String text = text(value);
            if (text != null) {
                texts.add(component.getName() + " " + text);
            } else if (value instanceof Record) {
                add(value, texts);
            }
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        if (value instanceof Duration duration) {
            return DurationText.format(duration);
        }
        if (value instanceof Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        }
        if (value instanceof Integer || value instanceof Long || value instanceof Boolean) {
            return value.toString();
        }
        if (value instanceof Double number && Double.isFinite(number)) {
            return ScenarioPrinter.decimal(number);
        }
        if (value instanceof String string) {
            return '"' + string + '"';
        }
        return value instanceof List<?> list ? text(list) : null;
    }

    private static @Nullable String text(List<?> list) {
        var texts = new ArrayList<String>();
        for (var item : list) {
            String text = text(item);
            if (text == null) {
                return null;
            }
            texts.add(text);
        }
        return "[" + String.join(", ", texts) + "]";
    }
}
