package org.junitnomos.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The environment variables of the Rust testing framework that mean nothing here, so that whoever sets one is told what
 * does. {@code docs/migrating.md} lists all of them.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class RustVariables {
    private static final String OLD = "NOMOS_";
    private static final String NEW = "LOGOS_BLOCKCHAIN_";

    private static final String READINESS =
            "the time until nodes are ready is 60 s, and twice that with SLOW_TEST_ENV=true";
    private static final String NO_TELEMETRY =
            "nomos.observability starts a Prometheus for runs in real time, and dashboards are yours to open";
    private static final String PLAN = "a plan has its nodes in @Topology and its time in @RunFor, and the setting"
            + " nomos.run-for.factor makes all runs shorter or longer";
    private static final String CONFIGURATION =
            "the setting nomos.node.overlay changes what the configuration of real nodes says";
    private static final String BUILD = "nothing is built or fetched here";

    /** What they have in place of it, by name. */
    private static final Map<String, String> ADVICE = advice();

    private RustVariables() {}

    private static Map<String, String> advice() {
        var advice = new LinkedHashMap<String, String>();
        all(advice, "set NOMOS_NODE_BIN and NOMOS_EXECUTOR_BIN to programs that are built", "NOMOS_NODE_PATH");
        all(advice, "set NOMOS_LOG_LEVEL, for all of a node", "NOMOS_LOG_FILTER", "NOMOS_TESTS_TRACING");
        all(advice, "set nomos.container.pull or nomos.kubernetes.pull-policy", "NOMOS_TESTNET_IMAGE_PULL_POLICY");
        all(
                advice,
                "containers are always removed; nomos.keep=always keeps logs and state of the nodes",
                "COMPOSE_RUNNER_PRESERVE",
                "TESTNET_RUNNER_PRESERVE");
        all(
                advice,
                "DOCKER_HOST and its relatives say where the engine is, and nodes are reached there",
                "COMPOSE_RUNNER_HOST",
                "COMPOSE_RUNNER_HOST_GATEWAY",
                "DOCKER_HOST_GATEWAY");
        all(advice, "set nomos.kubernetes.node-host", "K8S_RUNNER_NODE_HOST");
        all(
                advice,
                "there is no Helm; manifests are written with nomos.kubernetes.dry-run=true",
                "K8S_RUNNER_RELEASE",
                "K8S_RUNNER_DEBUG");
        all(
                advice,
                READINESS,
                "COMPOSE_RUNNER_HTTP_TIMEOUT_SECS",
                "K8S_RUNNER_DEPLOYMENT_TIMEOUT_SECS",
                "K8S_RUNNER_HTTP_TIMEOUT_SECS",
                "K8S_RUNNER_HTTP_PROBE_TIMEOUT_SECS",
                "K8S_RUNNER_HTTP_POLL_INTERVAL_SECS",
                "K8S_RUNNER_PROMETHEUS_HTTP_TIMEOUT_SECS",
                "K8S_RUNNER_PROMETHEUS_HTTP_PROBE_TIMEOUT_SECS");
        ofRuns(advice);
        ofRealNodes(advice);
        return advice;
    }

    private static void ofRuns(Map<String, String> advice) {
        all(
                advice,
                NO_TELEMETRY,
                "NOMOS_GRAFANA_URL",
                "NOMOS_OTLP_ENDPOINT",
                "NOMOS_OBSERVABILITY_NAMESPACE",
                "NOMOS_OBSERVABILITY_RELEASE");
        all(
                advice,
                PLAN,
                "NOMOS_DEMO_VALIDATORS",
                "NOMOS_DEMO_EXECUTORS",
                "NOMOS_DEMO_NODES",
                "NOMOS_DEMO_RUN_SECS",
                "LOCAL_DEMO_VALIDATORS",
                "LOCAL_DEMO_EXECUTORS",
                "LOCAL_DEMO_RUN_SECS",
                "COMPOSE_NODE_PAIRS");
        all(
                advice,
                "a test is given the clients of the nodes, and asks them",
                "TESTNET_PRINT_ENDPOINTS",
                "TESTNET_ENDPOINTS",
                "TESTNET_PPROF");
    }

    private static void ofRealNodes(Map<String, String> advice) {
        all(advice, "real nodes always have it", "POL_PROOF_DEV_MODE");
        all(
                advice,
                "set NOMOS_KZGRS_PARAMS_PATH on this machine, NOMOS_IMAGE_KZGRS_PARAMS_PATH in images",
                "NOMOS_KZG_CONTAINER_PATH",
                "NOMOS_KZG_DIR_REL",
                "NOMOS_KZG_FILE",
                "NOMOS_KZG_IN_IMAGE_PARAMS_PATH",
                "NOMOS_KZG_MODE");
        all(
                advice,
                CONFIGURATION,
                "NOMOS_CFGSYNC_PORT",
                "NOMOS_TIME_BACKEND",
                "NOMOS_USE_AUTONAT",
                "NOMOS_DISPERSAL_TIMEOUT_SECS",
                "NOMOS_RETRY_COOLDOWN_SECS",
                "NOMOS_GRACE_PERIOD_SECS",
                "NOMOS_PRUNE_DURATION_SECS",
                "NOMOS_PRUNE_INTERVAL_SECS",
                "NOMOS_SHARE_DURATION_SECS",
                "NOMOS_COMMITMENTS_WAIT_SECS",
                "NOMOS_SDP_TRIGGER_DELAY_SECS");
        all(
                advice,
                BUILD,
                "NOMOS_BINARIES_TAR",
                "NOMOS_SKIP_IMAGE_BUILD",
                "NOMOS_FORCE_IMAGE_BUILD",
                "NOMOS_IMAGE_SELECTION",
                "NOMOS_BUNDLE_DOCKER_PLATFORM",
                "NOMOS_BUNDLE_VERSION",
                "NOMOS_BIN_PLATFORM",
                "NOMOS_EXTRA_FEATURES",
                "NOMOS_NODE_REV",
                "NOMOS_NODE_APPLY_PATCHES",
                "NOMOS_NODE_PATCH_DIR",
                "NOMOS_NODE_PATCH_LEVEL",
                "NOMOS_CIRCUITS_VERSION",
                "NOMOS_CIRCUITS_PLATFORM",
                "NOMOS_CIRCUITS_HOST_DIR_REL",
                "NOMOS_CIRCUITS_LINUX_DIR_REL",
                "NOMOS_CIRCUITS_NONINTERACTIVE",
                "NOMOS_CIRCUITS_REBUILD_RAPIDSNARK",
                "COMPOSE_CIRCUITS_PLATFORM");
    }

    private static void all(Map<String, String> advice, String text, String... variables) {
        for (String variable : variables) {
            advice.put(variable, text);
        }
    }

    /** {@return the names of all these variables, as they were in December 2025} */
    public static List<String> names() {
        return List.copyOf(ADVICE.keySet());
    }

    /**
     * Says which of them are set, and what does the same here. Those that were renamed in January 2026, to {@code
     * LOGOS_BLOCKCHAIN_…}, are known as well.
     *
     * @param environment environment variables; empty ones count as not set
     * @return one line a variable, sorted; none if there is nothing to say
     */
    public static List<String> notices(Map<String, String> environment) {
        var notices = new ArrayList<String>();
        new TreeMap<>(environment).forEach((name, value) -> {
            var advice = value.isBlank() ? null : adviceFor(name);
            if (advice != null) {
                notices.add("Variable " + name + " of the Rust testing framework does nothing here: " + advice + ".");
            }
        });
        return notices;
    }

    private static @Nullable String adviceFor(String name) {
        if (!name.startsWith(NEW)) {
            return ADVICE.get(name);
        }
        var old = OLD + name.substring(NEW.length());
        return SettingNames.ofRustFramework().contains(old) ? "set " + old : ADVICE.get(old);
    }
}
