package org.junitnomos.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Reads settings by their names from system properties, below them environment variables, and below these the
 * parameters of JUnit where there are any, and collects all that is wrong with them. An empty text, in any source, is
 * as good as none. Not thread-safe.
 *
 * <p>The variable of a setting has its words in capitals: {@code NOMOS_RUN_FOR_FACTOR} for {@code
 * nomos.run-for.factor}. A name that does not begin with {@code nomos.} is that of a variable alone.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class SettingsReader {
    private static final List<String> ON = List.of("1", "true", "yes", "on");
    private static final List<String> OFF = List.of("0", "false", "no", "off");

    private final String prefix;
    private final Map<String, String> properties;
    private final Map<String, String> environment;
    private final Function<String, Optional<String>> parameters;
    private final Map<String, String> otherVariables = new TreeMap<>();
    private final TreeSet<String> names = new TreeSet<>();
    private final List<String> problems = new ArrayList<>();

    private SettingsReader(
            String prefix,
            Map<String, String> properties,
            Map<String, String> environment,
            Function<String, Optional<String>> parameters) {
        this.prefix = prefix;
        this.properties = properties;
        this.environment = environment;
        this.parameters = parameters;
    }

    /**
     * Reads the settings of a backend.
     *
     * @param prefix what their names begin with, for example {@code nomos.container.}; the methods name what follows
     * @param properties system properties
     * @param environment environment variables
     */
    public static SettingsReader ofBackend(
            String prefix, Map<String, String> properties, Map<String, String> environment) {
        return new SettingsReader(prefix, properties, environment, name -> Optional.empty());
    }

    /**
     * Reads any settings by their whole names.
     *
     * @param parameters looks up a configuration parameter of JUnit
     * @param properties system properties
     * @param environment environment variables
     */
    public static SettingsReader ofAll(
            Function<String, Optional<String>> parameters,
            Map<String, String> properties,
            Map<String, String> environment) {
        return new SettingsReader("", properties, environment, parameters);
    }

    /**
     * Reads any settings of this JVM by their whole names.
     *
     * @param parameters looks up a configuration parameter of JUnit
     */
    public static SettingsReader ofThisJvm(Function<String, Optional<String>> parameters) {
        return ofAll(parameters, systemProperties(), System.getenv());
    }

    /** {@return the system properties of this JVM that are texts, by name} */
    public static Map<String, String> systemProperties() {
        var texts = new TreeMap<String, String>();
        for (String name : System.getProperties().stringPropertyNames()) {
            texts.put(name, System.getProperty(name, ""));
        }
        return texts;
    }

    /** A text, the name under which it was found, and where. */
    record Found(String name, String text, String source) {}

    /**
     * Lets another variable count, below that of the setting's own words: those of the Rust testing framework.
     *
     * @param key the setting, without the prefix
     * @param variable for example {@code K8S_RUNNER_NAMESPACE}
     * @return this
     */
    public SettingsReader orVariable(String key, String variable) {
        otherVariables.put(prefix + key, variable);
        return this;
    }

    /**
     * Knows a setting that somebody else reads.
     *
     * @param key the setting, without the prefix
     * @return this
     */
    public SettingsReader knowing(String key) {
        names.add(prefix + key);
        return this;
    }

    /**
     * Reads a setting that has a default.
     *
     * @param key the setting, without the prefix
     * @param otherwise what counts if it is not set, empty or malformed
     * @param expected what its values are, for people
     * @param parser see {@link #find(String, String, Function)}
     * @param <T> type of the value
     */
    public <T> T value(String key, T otherwise, String expected, Function<String, ? extends T> parser) {
        T found = find(key, expected, parser);
        return found == null ? otherwise : found;
    }

    /**
     * Reads a setting.
     *
     * @param key the setting, without the prefix
     * @param expected what its values are, for people
     * @param parser makes a value of its text; throws {@link IllegalArgumentException} if it is malformed, or
     *     {@link UnusableSettingException} to say why it is
     * @param <T> type of the value
     * @return null if it is not set, empty or malformed
     */
    public <T> @Nullable T find(String key, String expected, Function<String, ? extends T> parser) {
        var found = look(key);
        if (found == null) {
            return null;
        }
        try {
            return parser.apply(found.text());
        } catch (IllegalArgumentException e) {
            String reason = e instanceof UnusableSettingException ? " (" + e.getMessage() + ")" : "";
            problems.add("Setting '" + found.name() + "' (" + found.source() + ") is \"" + found.text()
                    + "\", expected " + expected + reason + ".");
            return null;
        }
    }

    /**
     * Reads what a setting says of single nodes: the name of the node follows its own after a dot, as in {@code
     * nomos.node.bin.validator-1} or {@code NOMOS_NODE_BIN_VALIDATOR_1}.
     *
     * @param key the setting, without the prefix
     * @param expected what its values are, for people
     * @param parser see {@link #find(String, String, Function)}
     * @param <T> type of the values
     * @return by the name of the node, sorted; without those that are empty or malformed
     */
    public <T> Map<String, T> ofNodes(String key, String expected, Function<String, ? extends T> parser) {
        var nodes = new TreeSet<String>();
        for (var source : List.of(properties, environment)) {
            source.keySet()
                    .forEach(name -> SettingNames.nodeOf(prefix + key, name).ifPresent(nodes::add));
        }
        var values = new TreeMap<String, T>();
        for (String node : nodes) {
            T found = find(key + "." + node, expected, parser);
            if (found != null) {
                values.put(node, found);
            }
        }
        return values;
    }

    /**
     * Reads a switch.
     *
     * @param key the setting, without the prefix
     * @param otherwise what counts if it is not set, empty or malformed
     * @return whether it is on
     */
    public boolean flag(String key, boolean otherwise) {
        return value(key, otherwise, "1 or true, 0 or false", SettingsReader::isOn);
    }

    /**
     * Reads a choice.
     *
     * @param key the setting, without the prefix
     * @param otherwise what counts if it is not set, empty or malformed
     * @param <E> the constants: their names in lower case, with dashes
     * @return the constant
     */
    public <E extends Enum<E>> E choice(String key, E otherwise) {
        E found = choice(key, otherwise.getDeclaringClass());
        return found == null ? otherwise : found;
    }

    /**
     * Reads a choice without a default.
     *
     * @param key the setting, without the prefix
     * @param type the constants: their names in lower case, with dashes
     * @param <E> the constants
     * @return null if it is not set, empty or malformed
     */
    public <E extends Enum<E>> @Nullable E choice(String key, Class<E> type) {
        var constants = new LinkedHashMap<String, E>();
        for (E constant : type.getEnumConstants()) {
            constants.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
        }
        return find(key, "one of " + String.join(", ", constants.keySet()), text -> {
            var constant = constants.get(text.toLowerCase(Locale.ROOT));
            if (constant == null) {
                throw new IllegalArgumentException(text);
            }
            return constant;
        });
    }

    /**
     * Says whether the variable {@code CI} means that this is a build server. It is not ours: any text but one for off
     * does.
     *
     * @param text what it holds; empty if it is not set
     */
    public static boolean isCi(String text) {
        try {
            return !text.isBlank() && isOn(text.strip());
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    static boolean isOn(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (ON.contains(lower) || OFF.contains(lower)) {
            return ON.contains(lower);
        }
        throw new IllegalArgumentException(text);
    }

    /** Finds the text of a setting; null if there is none. */
    @Nullable
    Found look(String key) {
        String name = prefix + key;
        names.add(name);
        if (!SettingNames.isSetting(name)) {
            return variable(name);
        }
        var found = found(name, properties.get(name), "system property");
        if (found == null) {
            found = variable(SettingNames.variable(name));
        }
        String other = otherVariables.get(name);
        if (other != null) {
            names.add(other);
            found = found == null ? variable(other) : found;
        }
        return found != null ? found : found(name, parameters.apply(name).orElse(null), "configuration parameter");
    }

    private @Nullable Found variable(String name) {
        return found(name, environment.get(name), "environment");
    }

    private static @Nullable Found found(String name, @Nullable String text, String source) {
        return text == null || text.isBlank() ? null : new Found(name, text.strip(), source);
    }

    /**
     * {@return the names of all that was read, set or not: whole names of settings and, without a setting, of
     * variables, sorted}
     */
    public List<String> names() {
        return List.copyOf(names);
    }

    /**
     * Says what was wrong with all that was read and, of a backend, what is set that nobody reads; one line each, none
     * if all is well.
     */
    public List<String> problems() {
        var all = new ArrayList<>(problems);
        if (!prefix.isEmpty()) {
            var known = new SettingNames(names);
            all.addAll(known.unknown(prefix, properties.keySet(), "system property"));
            all.addAll(known.unknownVariables(prefix, environment.keySet()));
        }
        return all;
    }

    /**
     * Refuses what is wrong.
     *
     * @throws IllegalArgumentException if there are {@link #problems()}; names each
     */
    public void check() {
        var all = problems();
        if (!all.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", all));
        }
    }
}
