package org.junitnomos.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Knows the names of settings: those of runs, and those of the backends that are there. Refuses all others. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class SettingNames {
    public static final String BACKEND = "nomos.backend";
    public static final String SEED = "nomos.seed";
    public static final String REPLAY = "nomos.replay";
    public static final String REPLAY_ON = "nomos.replay.on";
    public static final String TEST = "nomos.test";
    public static final String TIME = "nomos.time";
    static final String REPORT_HTML = "nomos.report.html";
    static final String EVIDENCE_ZIP = "nomos.evidence.zip";
    public static final String TWICE = "nomos.twice";
    static final String SELF_CHECK = "nomos.selfcheck";
    static final String KEEP = "nomos.keep";
    public static final String STRICT = "nomos.strict";
    static final String REQUIREMENTS = "nomos.requirements";
    static final String DIRECTORY = "nomos.directory";
    public static final String RUN_FOR_FACTOR = "nomos.run-for.factor";
    public static final String OBSERVABILITY = "nomos.observability";
    public static final String OBSERVABILITY_IMAGE = "nomos.observability.image";
    public static final String METRICS_QUERY = "nomos.metrics.query.url";
    static final String METRICS_INGEST = "nomos.metrics.otlp.ingest.url";
    static final String OTLP_METRICS = "nomos.otlp.metrics.endpoint";
    static final String MAX_NODES = "nomos.max.nodes";
    static final String PROGRESS = "nomos.progress";
    public static final String GROUP_TOPOLOGIES = "nomos.group-topologies";
    public static final String SWEEP = "nomos.sweep";
    public static final String NODES = "nomos.nodes";
    public static final String NODE_BIN = "nomos.node.bin";
    public static final String EXECUTOR_BIN = "nomos.executor.bin";
    public static final String CIRCUITS = "nomos.circuits";
    public static final String KZGRS_PARAMS = "nomos.kzgrs.params.path";
    public static final String NODE_OVERLAY = "nomos.node.overlay";
    public static final String IMAGE_NODE_BIN = "nomos.image.node.bin";
    public static final String IMAGE_EXECUTOR_BIN = "nomos.image.executor.bin";
    public static final String IMAGE_CIRCUITS = "nomos.image.circuits";
    public static final String IMAGE_KZGRS_PARAMS = "nomos.image.kzgrs.params.path";
    public static final String CONTAINER_IMAGE = "nomos.container.image";
    public static final String PROCESS_COMMAND = "nomos.process.command";
    static final String SLOW_TEST_ENV = "SLOW_TEST_ENV";
    static final String KEEP_LOGS = "NOMOS_TESTS_KEEP_LOGS";
    public static final String SLOT_TIME = "CONSENSUS_SLOT_TIME";
    public static final String ACTIVE_SLOT_COEFF = "CONSENSUS_ACTIVE_SLOT_COEFF";
    static final String LOG_DIR = "NOMOS_LOG_DIR";
    static final String LOG_LEVEL = "NOMOS_LOG_LEVEL";
    static final String CI = "CI";
    static final String STEP_SUMMARY = "GITHUB_STEP_SUMMARY";

    /** All settings begin so. */
    static final String PREFIX = "nomos.";

    /** What the runner and the extension read. */
    private static final List<String> OF_RUNS = List.of(
            BACKEND,
            SEED,
            REPLAY,
            REPLAY_ON,
            TEST,
            TIME,
            KEEP,
            REPORT_HTML,
            EVIDENCE_ZIP,
            TWICE,
            SELF_CHECK,
            STRICT,
            REQUIREMENTS,
            DIRECTORY,
            RUN_FOR_FACTOR,
            MAX_NODES,
            PROGRESS,
            GROUP_TOPOLOGIES,
            SWEEP,
            OBSERVABILITY,
            OBSERVABILITY_IMAGE,
            METRICS_QUERY,
            METRICS_INGEST,
            OTLP_METRICS);

    /** What backends that run real nodes read. */
    private static final List<String> OF_NODES = List.of(
            NODES,
            NODE_BIN,
            EXECUTOR_BIN,
            CIRCUITS,
            KZGRS_PARAMS,
            NODE_OVERLAY,
            IMAGE_NODE_BIN,
            IMAGE_EXECUTOR_BIN,
            IMAGE_CIRCUITS,
            IMAGE_KZGRS_PARAMS);

    /** What may be said of one node: the name of the node follows after a dot. */
    private static final List<String> OF_ONE_NODE = List.of(NODE_BIN, PROCESS_COMMAND, CONTAINER_IMAGE);

    /** Of backends whose module or library may be missing, so that nobody here can check what stands below. */
    private static final List<String> OPTIONAL = List.of("nomos.process.", "nomos.container.", "nomos.kubernetes.");

    private static final Pattern NODE = Pattern.compile("(.+)[._]((?i:validator|executor)[-_][0-9]{1,3})");

    private final Set<String> known = new LinkedHashSet<>(OF_RUNS);
    private final Set<String> prefixes = new TreeSet<>();

    /**
     * Knows the settings of runs, and others.
     *
     * @param ofBackends names of the settings that backends read, and of variables without a setting
     */
    SettingNames(Collection<String> ofBackends) {
        known.addAll(OF_NODES);
        known.addAll(List.of(KEEP_LOGS, LOG_DIR, LOG_LEVEL));
        known.addAll(new TreeSet<>(ofBackends));
        for (String name : ofBackends) {
            int end = name.indexOf('.', PREFIX.length());
            if (name.startsWith(PREFIX) && end > 0) {
                prefixes.add(name.substring(0, end + 1));
            }
        }
    }

    /** Returns the variables of the Rust testing framework that mean here what they mean there. */
    static List<String> ofRustFramework() {
        return List.of(
                SLOT_TIME,
                ACTIVE_SLOT_COEFF,
                SLOW_TEST_ENV,
                KEEP_LOGS,
                LOG_DIR,
                LOG_LEVEL,
                variable(NODE_BIN),
                variable(EXECUTOR_BIN),
                variable(CIRCUITS),
                variable(KZGRS_PARAMS),
                variable(METRICS_QUERY),
                variable(METRICS_INGEST),
                variable(OTLP_METRICS),
                "NOMOS_TESTNET_IMAGE",
                "K8S_RUNNER_NAMESPACE",
                "K8S_RUNNER_PRESERVE");
    }

    /** Whether a name is that of a setting, and not of an environment variable alone. */
    public static boolean isSetting(String name) {
        return name.startsWith(PREFIX);
    }

    /** Returns the environment variable of a setting: {@code NOMOS_RUN_FOR_FACTOR} for {@code nomos.run-for.factor}. */
    public static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /**
     * Finds the node that the name of a setting ends with.
     *
     * @param setting a setting, such as {@value #NODE_BIN}
     * @param name name of a setting or of a variable
     * @return for example {@code validator-1}; empty if the name is none of that setting for one node
     */
    static Optional<String> nodeOf(String setting, String name) {
        var matcher = NODE.matcher(name);
        boolean isOne = matcher.matches()
                && (matcher.group(1).equals(setting) || matcher.group(1).equals(variable(setting)));
        return isOne ? Optional.of(matcher.group(2).toLowerCase(Locale.ROOT).replace('_', '-')) : Optional.empty();
    }

    private static boolean isOfOneNode(String name) {
        return OF_ONE_NODE.stream().anyMatch(setting -> nodeOf(setting, name).isPresent());
    }

    /** Backends cannot see what JUnit alone knows, so their settings are refused there, too. */
    void requireKnown(Collection<String> names, String source) {
        var problems = unknown(PREFIX, names, source);
        for (String name : new TreeSet<>(names)) {
            if (isOptional(name)
                    || OF_NODES.contains(name)
                    || isOfOneNode(name)
                    || known.contains(name) && prefixOf(name) != null) {
                problems.add("Setting '" + name + "' (" + source + ") belongs to a backend, which reads system"
                        + " properties and environment variables only. Set it by -D" + name + "=… or " + variable(name)
                        + "=….");
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
    }

    /** Says which of the names that begin so nobody knows. */
    List<String> unknown(String prefix, Collection<String> names, String source) {
        var problems = new ArrayList<String>();
        for (String name : new TreeSet<>(names)) {
            if (name.startsWith(prefix) && !known.contains(name) && !isOptional(name) && !isOfOneNode(name)) {
                String backend = prefixOf(name);
                problems.add(unknown(name, source, backend != null, neighbors(backend)));
            }
        }
        return problems;
    }

    /**
     * Says which of the variables that begin so nobody knows. Those of other programs may begin with NOMOS_, so outside
     * of the backends only near misses are refused.
     */
    List<String> unknownVariables(String prefix, Collection<String> variables) {
        var ours = variables(known);
        var problems = new ArrayList<String>();
        for (String variable : new TreeSet<>(variables)) {
            if (!variable.startsWith(variable(prefix)) || ours.contains(variable) || isOfOneNode(variable)) {
                continue;
            }
            var backend = prefixes.stream()
                    .filter(each -> variable.startsWith(variable(each)))
                    .findFirst();
            if (backend.isPresent()) {
                problems.add(unknown(variable, "environment", true, variables(neighbors(backend.get()))));
            } else if (ours.stream().anyMatch(each -> Misspelling.distance(variable, each) == 1)) {
                problems.add(unknown(variable, "environment", false, ours));
            }
        }
        return problems;
    }

    private static Set<String> variables(Collection<String> names) {
        var variables = new LinkedHashSet<String>();
        names.forEach(name -> variables.add(variable(name)));
        return variables;
    }

    /** The settings of the same backend; all, if it is the name of none. */
    private List<String> neighbors(@Nullable String prefix) {
        return known.stream()
                .filter(each -> isSetting(each) && (prefix == null || each.startsWith(prefix)))
                .toList();
    }

    private @Nullable String prefixOf(String name) {
        return prefixes.stream().filter(name::startsWith).findFirst().orElse(null);
    }

    private boolean isOptional(String name) {
        return prefixOf(name) == null && OPTIONAL.stream().anyMatch(name::startsWith);
    }

    private static String unknown(String name, String source, boolean ofBackend, Collection<String> candidates) {
        String meant = Misspelling.nearest(name, candidates)
                .map(nearest -> "Did you mean '" + nearest + "'?")
                .orElseGet(() -> "There are "
                        + (ofBackend
                                ? String.join(", ", candidates)
                                : String.join(", ", OF_RUNS) + ", and those of the backends")
                        + ".");
        return "Setting '" + name + "' (" + source + ") is not known. " + meant;
    }
}
