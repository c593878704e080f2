package org.junitnomos.k8s;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.internal.DurationText;

/**
 * Reads the settings of this backend from system properties and, below them, environment variables. All that is wrong
 * is reported at once.
 */
final class SettingSource {
    private static final String PREFIX = "nomos.kubernetes.";
    private static final String VARIABLE_PREFIX = "NOMOS_KUBERNETES_";
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern QUANTITY = Pattern.compile("[0-9]+(\\.[0-9]+)?(m|k|Ki|M|Mi|G|Gi|T|Ti)?");

    /** Settings whose variable has a name of its own. */
    private static final Map<String, String> VARIABLES = variables();

    private final Map<String, String> properties;
    private final Map<String, String> environment;
    private final List<String> problems = new ArrayList<>();
    private final TreeSet<String> known = new TreeSet<>();

    private SettingSource(Map<String, String> properties, Map<String, String> environment) {
        this.properties = properties;
        this.environment = environment;
    }

    private static Map<String, String> variables() {
        var names = new LinkedHashMap<String, String>();
        names.put("namespace", "K8S_RUNNER_NAMESPACE");
        names.put("preserve", "K8S_RUNNER_PRESERVE");
        return Collections.unmodifiableMap(names);
    }

    /** Read the settings of this JVM. */
    static KubernetesSettings ofThisJvm() {
        var properties = new LinkedHashMap<String, String>();
        System.getProperties().stringPropertyNames().stream()
                .sorted()
                .forEach(name -> properties.put(name, System.getProperty(name, "")));
        return read(properties, System.getenv());
    }

    /**
     * Read settings.
     *
     * @throws DeploymentException if some are malformed or unknown; names each
     */
    static KubernetesSettings read(Map<String, String> properties, Map<String, String> environment) {
        return new SettingSource(properties, environment).read();
    }

    private KubernetesSettings read() {
        var settings = new KubernetesSettings(
                find("kubeconfig", "a path", Path::of),
                find("context", "a name", Function.identity()),
                find("namespace", "up to 63 lower-case letters, digits and dashes", matching(NAMESPACE)),
                value("preserve", false, "one of 1, true, yes, on, 0, false, no and off", SettingSource::onOrOff),
                find("image", "the name of an image, without blanks", matching(Pattern.compile("\\S+"))),
                value("access", Access.PORT_FORWARD, listed(Access.values()), constant(Access.values())),
                find("node-host", "a name or an address, without blanks", matching(Pattern.compile("[^\\s/]+"))),
                pods(),
                new KubernetesSettings.Storage(
                        value("storage-class", "", "the name of a storage class, or 'none'", Function.identity()),
                        quantity("storage", "1Gi")),
                value("expiry", Duration.ofHours(6), "a positive duration such as 90m or 6h", SettingSource::duration),
                value("dry-run", false, "one of 1, true, yes, on, 0, false, no and off", SettingSource::onOrOff));
        findUnknown();
        if (!problems.isEmpty()) {
            throw new DeploymentException(String.join("\n", problems), null);
        }
        return settings;
    }

    private KubernetesSettings.Pods pods() {
        return new KubernetesSettings.Pods(
                value(
                        "pull-policy",
                        PullPolicy.IF_NOT_PRESENT,
                        listed(PullPolicy.values()),
                        constant(PullPolicy.values())),
                value("pull-secrets", List.of(), "names of secrets with ',' between them", SettingSource::list),
                value("node-selector", Map.of(), "labels key=value with ',' between them", SettingSource::labels),
                value(
                        "tolerations",
                        List.of(),
                        "taints key[=value][:NoSchedule|PreferNoSchedule|NoExecute] with ',' between them",
                        text -> list(text).stream().map(NodeTaint::parse).toList()),
                quantity("cpu", "100m"),
                quantity("memory", "512Mi"));
    }

    private String quantity(String name, String otherwise) {
        return value(name, otherwise, "a quantity of Kubernetes such as 250m or 512Mi", matching(QUANTITY));
    }

    /** Read one setting that has a default. */
    private <T> T value(String name, T otherwise, String expected, Function<String, ? extends T> parser) {
        T found = find(name, expected, parser);
        return found == null ? otherwise : found;
    }

    /** Read one setting; an empty text is as good as none. */
    private <T> @Nullable T find(String name, String expected, Function<String, ? extends T> parser) {
        String property = PREFIX + name;
        String variable = VARIABLES.getOrDefault(name, variableOf(name));
        known.add(name);
        boolean isProperty = !properties.getOrDefault(property, "").isBlank();
        String text = (isProperty ? properties : environment).getOrDefault(isProperty ? property : variable, "");
        if (text.isBlank()) {
            return null;
        }
        try {
            return parser.apply(text.strip());
        } catch (IllegalArgumentException e) {
            problems.add("Setting '" + (isProperty ? property : variable) + "' ("
                    + (isProperty ? "system property" : "environment") + ") is \"" + text + "\", expected " + expected
                    + ".");
            return null;
        }
    }

    private static String variableOf(String name) {
        return VARIABLE_PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private void findUnknown() {
        for (var property : new TreeSet<>(properties.keySet())) {
            if (property.startsWith(PREFIX) && !known.contains(property.substring(PREFIX.length()))) {
                problems.add("Setting '" + property + "' (system property) is not known. There are "
                        + all(known.stream().map(name -> PREFIX + name).toList()) + ".");
            }
        }
        var variables = known.stream()
                .map(name -> VARIABLES.getOrDefault(name, variableOf(name)))
                .toList();
        for (var variable : new TreeSet<>(environment.keySet())) {
            if (variable.startsWith(VARIABLE_PREFIX) && !variables.contains(variable)) {
                problems.add(
                        "Setting '" + variable + "' (environment) is not known. There are " + all(variables) + ".");
            }
        }
    }

    private static String all(Collection<String> names) {
        return "'" + String.join("', '", names) + "'";
    }

    private static Function<String, String> matching(Pattern pattern) {
        return text -> {
            if (!pattern.matcher(text).matches()) {
                throw new IllegalArgumentException(text);
            }
            return text;
        };
    }

    private static boolean onOrOff(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "1", "true", "yes", "on" -> true;
            case "0", "false", "no", "off" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static Duration duration(String text) {
        Duration duration = DurationText.parse(text);
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(text);
        }
        return duration;
    }

    private static List<String> list(String text) {
        var values = new ArrayList<String>();
        for (String each : text.split(",", -1)) {
            if (each.isBlank()) {
                throw new IllegalArgumentException(text);
            }
            values.add(each.strip());
        }
        return values;
    }

    private static Map<String, String> labels(String text) {
        var labels = new LinkedHashMap<String, String>();
        for (String each : list(text)) {
            int equals = each.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(text);
            }
            labels.put(each.substring(0, equals), each.substring(equals + 1));
        }
        return labels;
    }

    private static String nameOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String listed(Enum<?>[] constants) {
        var names = new ArrayList<String>();
        for (var constant : constants) {
            names.add(nameOf(constant));
        }
        return "one of " + String.join(", ", names);
    }

    private static <E extends Enum<E>> Function<String, E> constant(E[] constants) {
        return text -> {
            for (var constant : constants) {
                if (nameOf(constant).equals(text)) {
                    return constant;
                }
            }
            throw new IllegalArgumentException(text);
        };
    }
}
