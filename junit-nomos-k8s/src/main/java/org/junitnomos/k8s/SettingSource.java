package org.junitnomos.k8s;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.settings.SettingsReader;
import org.junitnomos.time.DurationText;

/**
 * Reads the settings of this backend from system properties and, below them, environment variables. All that is wrong
 * is reported at once.
 */
final class SettingSource {
    private static final String PREFIX = "nomos.kubernetes.";
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern HOST = Pattern.compile("[^\\s/]+");
    private static final Pattern WORD = Pattern.compile("\\S+");
    private static final String IMAGE = "the name of an image, without blanks";
    private static final Pattern QUANTITY = Pattern.compile("[0-9]+(\\.[0-9]+)?(m|k|Ki|M|Mi|G|Gi|T|Ti)?");

    private final SettingsReader source;
    private final boolean imageIsSet;

    private SettingSource(Map<String, String> properties, Map<String, String> environment) {
        this.imageIsSet =
                SettingsReader.ofBackend(PREFIX, properties, environment).find("image", IMAGE, matching(WORD)) != null;
        this.source = SettingsReader.ofBackend(PREFIX, properties, environment)
                .orVariable("namespace", "K8S_RUNNER_NAMESPACE")
                .orVariable("preserve", "K8S_RUNNER_PRESERVE")
                .orVariable("image", "NOMOS_TESTNET_IMAGE")
                .knowing("command");
    }

    /** Reads the settings of this JVM. */
    static KubernetesSettings ofThisJvm() {
        return read(SettingsReader.systemProperties(), System.getenv());
    }

    /** Reads them for what is asked before a deploy, which refuses what is malformed. */
    static KubernetesSettings lenient() {
        return new SettingSource(SettingsReader.systemProperties(), System.getenv()).read();
    }

    /**
     * Reads settings.
     *
     * @throws DeploymentException if some are malformed or unknown; names each
     */
    static KubernetesSettings read(Map<String, String> properties, Map<String, String> environment) {
        return new SettingSource(properties, environment).checked();
    }

    /** Names the settings that this backend reads. */
    static List<String> names() {
        var reading = new SettingSource(Map.of(), Map.of());
        reading.read();
        return reading.source.names();
    }

    private KubernetesSettings checked() {
        var settings = read();
        var problems = source.problems();
        if (problems.isEmpty() && settings.access() == NodeAccess.INGRESS && settings.ingresses() == null) {
            problems.add(
                    "Setting 'nomos.kubernetes.access' is \"ingress\", so 'nomos.kubernetes.ingress-host' is needed:"
                            + " the domain in which each node gets a host, for example 'nomos.example.org'.");
        }
        if (!problems.isEmpty()) {
            throw new DeploymentException(String.join("\n", problems), null);
        }
        return settings;
    }

    private KubernetesSettings read() {
        String image = source.find("image", IMAGE, matching(WORD));
        return new KubernetesSettings(
                source.find("kubeconfig", "a path", Path::of),
                source.find("context", "a name", Function.identity()),
                source.find("namespace", "up to 63 lower-case letters, digits and dashes", matching(NAMESPACE)),
                source.flag("preserve", false),
                image,
                image != null && !imageIsSet,
                source.choice("access", NodeAccess.PORT_FORWARD),
                source.find("node-host", "a name or an address, without blanks", matching(HOST)),
                ingresses(),
                source.choice("peers", PeerAddressing.CLUSTER_IP),
                pods(),
                new KubernetesSettings.Storage(
                        source.value(
                                "storage-class", "", "the name of a storage class, or 'none'", Function.identity()),
                        quantity("storage", "1Gi")),
                source.choice("network-policies", FeatureUse.AUTO),
                source.choice("chaos-mesh", FeatureUse.AUTO),
                source.value(
                        "expiry",
                        Duration.ofHours(6),
                        "a positive duration such as 90m or 6h",
                        SettingSource::duration),
                source.flag("dry-run", false));
    }

    private @Nullable Ingresses ingresses() {
        String domain = source.find(
                "ingress-host",
                "the domain of hosts in lower case, for example nomos.example.org",
                matching(Pattern.compile("[a-z0-9]([a-z0-9.-]*[a-z0-9])?")));
        String className = source.find("ingress-class", "the name of a class, without blanks", matching(WORD));
        var at = source.find("ingress-address", "host or host:port, for example 192.0.2.7:8080", SettingSource::at);
        if (domain == null) {
            return null;
        }
        return at == null
                ? new Ingresses(domain, className, null, Ingresses.USUAL_PORT)
                : new Ingresses(domain, className, at.getHostString(), at.getPort());
    }

    private static InetSocketAddress at(String text) {
        int colon = text.indexOf(':');
        String host = colon < 0 ? text : text.substring(0, colon);
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException(text);
        }
        return InetSocketAddress.createUnresolved(
                host, colon < 0 ? Ingresses.USUAL_PORT : Integer.parseInt(text.substring(colon + 1)));
    }

    private KubernetesSettings.Pods pods() {
        return new KubernetesSettings.Pods(
                source.choice("pull-policy", PullPolicy.IF_NOT_PRESENT),
                source.value("pull-secrets", List.of(), "names of secrets with ',' between them", SettingSource::list),
                source.value(
                        "node-selector", Map.of(), "labels key=value with ',' between them", SettingSource::labels),
                source.value(
                        "tolerations",
                        List.of(),
                        "taints key[=value][:NoSchedule|PreferNoSchedule|NoExecute] with ',' between them",
                        text -> list(text).stream().map(NodeTaint::parse).toList()),
                quantity("cpu", "100m"),
                quantity("memory", "512Mi"));
    }

    private String quantity(String name, String otherwise) {
        return source.value(name, otherwise, "a quantity of Kubernetes such as 250m or 512Mi", matching(QUANTITY));
    }

    private static Function<String, String> matching(Pattern pattern) {
        return text -> {
            if (!pattern.matcher(text).matches()) {
                throw new IllegalArgumentException(text);
            }
            return text;
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
}
