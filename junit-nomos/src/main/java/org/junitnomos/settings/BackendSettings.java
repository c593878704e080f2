package org.junitnomos.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Read the settings of a backend from system properties and, below them, environment variables, and collect all that is
 * wrong with them. Not thread-safe.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class BackendSettings {
    private final String prefix;
    private final Map<String, String> properties;
    private final Map<String, String> environment;
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final TreeSet<String> known = new TreeSet<>();
    private final List<String> problems = new ArrayList<>();

    /**
     * Read settings that begin alike.
     *
     * @param prefix of the backend's settings, for example {@code nomos.container.}
     * @param properties system properties
     * @param environment environment variables
     */
    public BackendSettings(String prefix, Map<String, String> properties, Map<String, String> environment) {
        this.prefix = prefix;
        this.properties = properties;
        this.environment = environment;
    }

    /**
     * Return the system properties of this JVM.
     *
     * @return those that are texts, by name
     */
    public static Map<String, String> systemProperties() {
        var properties = new TreeMap<String, String>();
        for (String name : System.getProperties().stringPropertyNames()) {
            properties.put(name, System.getProperty(name, ""));
        }
        return properties;
    }

    /**
     * Give a setting another variable than that with its own words.
     *
     * @param key the setting, without the prefix
     * @param variable for example {@code K8S_RUNNER_NAMESPACE}
     * @return this
     */
    public BackendSettings named(String key, String variable) {
        variables.put(prefix + key, variable);
        return this;
    }

    /**
     * Read a setting that has a default.
     *
     * @param key the setting, without the prefix
     * @param otherwise what counts if it is not set, empty or malformed
     * @param expected what its values are, for people
     * @param parser makes a value of its text; throws {@link IllegalArgumentException} if it is malformed
     * @param <T> type of the value
     * @return the value
     */
    public <T> T value(String key, T otherwise, String expected, Function<String, ? extends T> parser) {
        T found = find(key, expected, parser);
        return found == null ? otherwise : found;
    }

    /**
     * Read a setting.
     *
     * @param key the setting, without the prefix
     * @param expected what its values are, for people
     * @param parser makes a value of its text; throws {@link IllegalArgumentException} if it is malformed
     * @param <T> type of the value
     * @return null if it is not set, empty or malformed
     */
    public <T> @Nullable T find(String key, String expected, Function<String, ? extends T> parser) {
        String name = prefix + key;
        known.add(name);
        String property = properties.getOrDefault(name, "").strip();
        String text = property.isEmpty()
                ? environment.getOrDefault(variableOf(name), "").strip()
                : property;
        if (text.isEmpty()) {
            return null;
        }
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            String source = property.isEmpty() ? variableOf(name) + "' (environment)" : name + "' (system property)";
            problems.add("Setting '" + source + " is \"" + text + "\", expected " + expected + ".");
            return null;
        }
    }

    private String variableOf(String name) {
        return variables.getOrDefault(
                name, name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'));
    }

    /**
     * Say what was wrong with all that was read, and what is set with our prefix that nobody reads.
     *
     * @param others names that somebody else reads
     * @return one line each; empty if all is well
     */
    public List<String> problems(String... others) {
        known.addAll(List.of(others));
        var all = new ArrayList<>(problems);
        addUnknown(all, properties, prefix, known, "system property");
        var expected = new TreeSet<String>();
        known.forEach(name -> expected.add(variableOf(name)));
        addUnknown(all, environment, variableOf(prefix), expected, "environment");
        return all;
    }

    private static void addUnknown(
            List<String> problems, Map<String, String> found, String prefix, TreeSet<String> expected, String source) {
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
