package org.junitnomos.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.apiguardian.api.API;

/** Knows the names of all settings, and which known name a wrong one was probably meant to be. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class SettingNames {
    public static final String BACKEND = "nomos.backend";
    public static final String SEED = "nomos.seed";
    public static final String REPLAY = "nomos.replay";
    public static final String TIME = "nomos.time";
    static final String KEEP = "nomos.keep";
    static final String STRICT = "nomos.strict";
    static final String REQUIREMENTS = "nomos.requirements";
    static final String DIRECTORY = "nomos.directory";
    public static final String RUN_FOR_FACTOR = "nomos.run-for.factor";
    static final String MAX_NODES = "nomos.max.nodes";
    static final String PROGRESS = "nomos.progress";
    static final String GROUP_TOPOLOGIES = "nomos.group-topologies";
    static final String SWEEP = "nomos.sweep";
    static final String SLOW_TEST_ENV = "SLOW_TEST_ENV";
    static final String KEEP_LOGS = "NOMOS_TESTS_KEEP_LOGS";
    public static final String SLOT_TIME = "CONSENSUS_SLOT_TIME";
    public static final String ACTIVE_SLOT_COEFF = "CONSENSUS_ACTIVE_SLOT_COEFF";
    static final String LOG_DIR = "NOMOS_LOG_DIR";
    static final String LOG_LEVEL = "NOMOS_LOG_LEVEL";
    static final String CI = "CI";

    /** What the runner and the extension read. */
    static final List<String> KNOWN = List.of(
            BACKEND,
            SEED,
            REPLAY,
            TIME,
            KEEP,
            STRICT,
            REQUIREMENTS,
            DIRECTORY,
            RUN_FOR_FACTOR,
            MAX_NODES,
            PROGRESS,
            GROUP_TOPOLOGIES,
            SWEEP);

    private static final String PREFIX = "nomos.";

    /** Backends read settings of their own below these; what stands there is theirs to check. */
    private static final List<String> BACKEND_PREFIXES =
            List.of("nomos.embedded.", "nomos.process.", "nomos.container.", "nomos.kubernetes.", "nomos.node.");

    private SettingNames() {}

    /** Backends cannot see what JUnit alone knows, so their settings are refused there, too. */
    static void requireKnown(Collection<String> names, String source) {
        var problems = unknown(names, source);
        for (String name : new TreeSet<>(names)) {
            if (BACKEND_PREFIXES.stream().anyMatch(name::startsWith)) {
                problems.add("Setting '" + name + "' (" + source + ") belongs to a backend, which reads system"
                        + " properties and environment variables only. Set it by -D" + name + "=… or " + variable(name)
                        + "=….");
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
    }

    static List<String> unknown(Collection<String> names, String source) {
        var problems = new ArrayList<String>();
        for (String name : new TreeSet<>(names)) {
            if (name.startsWith(PREFIX)
                    && !KNOWN.contains(name)
                    && BACKEND_PREFIXES.stream().noneMatch(name::startsWith)) {
                problems.add("Setting '" + name + "' (" + source + ") is not known. " + meant(name));
            }
        }
        return problems;
    }

    /** Environment variables of other programs may begin with NOMOS_, so only near misses of ours are refused. */
    static List<String> misspelled(Collection<String> variables) {
        var known = new TreeSet<>(List.of(KEEP_LOGS, LOG_DIR, LOG_LEVEL));
        KNOWN.forEach(name -> known.add(variable(name)));
        var problems = new ArrayList<String>();
        for (String variable : new TreeSet<>(variables)) {
            if (!variable.startsWith("NOMOS_") || known.contains(variable)) {
                continue;
            }
            for (String name : known) {
                if (Misspelling.distance(variable, name) == 1) {
                    problems.add("Setting '" + variable + "' (environment) is not known. Did you mean '" + name + "'?");
                }
            }
        }
        return problems;
    }

    /** Return the environment variable of a setting: {@code NOMOS_RUN_FOR_FACTOR} for {@code nomos.run-for.factor}. */
    static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static String meant(String name) {
        return Misspelling.nearest(name, KNOWN)
                .map(nearest -> "Did you mean '" + nearest + "'?")
                .orElseGet(() -> "There are " + String.join(", ", KNOWN) + ", and those of the backends.");
    }
}
