package org.junitnomos.deploy.container;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junitnomos.internal.Misspelling;

/** Reads settings from system properties and, below them, environment variables, and collects what is wrong. */
final class SettingSource {
    private static final String PREFIX = ContainerSettings.PREFIX;

    private final Map<String, String> properties;
    private final Map<String, String> environment;
    private final TreeSet<String> known = new TreeSet<>();
    private final List<String> problems = new ArrayList<>();

    SettingSource(Map<String, String> properties, Map<String, String> environment) {
        this.properties = properties;
        this.environment = environment;
    }

    /** Read one; an empty text is as good as none. */
    <T extends @Nullable Object> T value(String key, T otherwise, String expected, Function<String, T> parser) {
        String name = PREFIX + key;
        known.add(name);
        String property = clean(properties.get(name));
        String text = property != null ? property : variable(variableOf(name), null);
        if (text == null) {
            return otherwise;
        }
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            String source = property != null ? name + "' (system property)" : variableOf(name) + "' (environment)";
            problems.add("Setting '" + source + " is \"" + text + "\", expected " + expected + ".");
            return otherwise;
        }
    }

    /** Read an environment variable. */
    @Nullable
    String variable(String name, @Nullable String otherwise) {
        String text = clean(environment.get(name));
        return text == null ? otherwise : text;
    }

    private static @Nullable String clean(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static String variableOf(String name) {
        return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /**
     * Check that all that was read is in order, and that there is nothing else with our prefix.
     *
     * @param others names that somebody else reads
     * @throws IllegalArgumentException if not; says all that is wrong
     */
    void requireNoProblem(String... others) {
        known.addAll(List.of(others));
        unknown(properties, PREFIX, known, "system property");
        var variables = new TreeSet<String>();
        known.forEach(name -> variables.add(variableOf(name)));
        unknown(environment, variableOf(PREFIX), variables, "environment");
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
    }

    private void unknown(Map<String, String> found, String prefix, TreeSet<String> expected, String source) {
        for (String name : new TreeSet<>(found.keySet())) {
            if (name.startsWith(prefix) && !expected.contains(name)) {
                String meant = Misspelling.nearest(name, expected)
                        .map(nearest -> "Did you mean '" + nearest + "'?")
                        .orElseGet(() -> "There are " + String.join(", ", expected) + ".");
                problems.add("Setting '" + name + "' (" + source + ") is not known. " + meant);
            }
        }
    }
}
