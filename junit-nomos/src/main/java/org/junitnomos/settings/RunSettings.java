package org.junitnomos.settings;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Hold what the environment says about runs: where they run and what is kept of them, not what they mean.
 *
 * <p>Precedence, lowest first: configuration parameters of JUnit ({@code junit-platform.properties}), environment
 * variables, system properties. {@code docs/settings.md} describes every setting.
 *
 * @param backend {@code nomos.backend}: backend instead of the scenario's; null for the scenario's
 * @param seed {@code nomos.seed}: seed of every run; null for a fresh one each
 * @param replay {@code nomos.replay}: directory of a run whose seed and faults are taken; null for none
 * @param time {@code nomos.time}: how time passes; null for the scenario's, or the backend's default
 * @param keep {@code nomos.keep}: of which runs logs and state of the nodes are kept
 * @param strictBecause {@code nomos.strict}: why an expectation that cannot be judged fails, for texts, such as
 *     {@code "CI is set in the environment"}; null if it is inconclusive and its test aborted
 * @param requirements {@code nomos.requirements}: what happens without the backend's requirements
 * @param directory {@code nomos.directory}: where the directories of runs are created
 * @param runForFactor {@code nomos.run-for.factor}: factor on every run window; positive
 * @param maxNodes {@code nomos.max.nodes}: most nodes that run at once in this JVM; 0 for no limit
 * @param progress {@code nomos.progress}: how progress is shown
 * @param groupTopologies {@code nomos.group-topologies}: whether test classes are ordered by topology
 * @param slow {@code SLOW_TEST_ENV}: whether every limit of real time is doubled
 * @param slot {@code CONSENSUS_SLOT_TIME}: slot of scenarios that have the default slot; null for the default
 * @param activeSlotCoefficient {@code CONSENSUS_ACTIVE_SLOT_COEFF}: coefficient of scenarios that have the default one;
 *     null for the default
 * @param logDirectory {@code NOMOS_LOG_DIR}: where logs of nodes are copied to; null for nowhere else than the run
 * @param logLevel {@code NOMOS_LOG_LEVEL}: how much nodes write to their logs
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record RunSettings(
        @Nullable String backend,
        @Nullable Long seed,
        @Nullable Path replay,
        @Nullable TimeMode time,
        KeepPolicy keep,
        @Nullable String strictBecause,
        RequirementPolicy requirements,
        Path directory,
        BigDecimal runForFactor,
        int maxNodes,
        ProgressMode progress,
        boolean groupTopologies,
        boolean slow,
        @Nullable Duration slot,
        @Nullable BigDecimal activeSlotCoefficient,
        @Nullable Path logDirectory,
        LogLevel logLevel) {
    /** Where the directories of runs are created by default. */
    public static final Path DEFAULT_DIRECTORY = Path.of("target", "nomos");

    private static final Duration READINESS_TIMEOUT = Duration.ofSeconds(60);

    public RunSettings {
        Objects.requireNonNull(keep, "keep");
        Objects.requireNonNull(requirements, "requirements");
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(runForFactor, "runForFactor");
        Objects.requireNonNull(progress, "progress");
        Objects.requireNonNull(logLevel, "logLevel");
    }

    /**
     * Return the settings of an environment that says nothing.
     *
     * @return the defaults
     */
    public static RunSettings defaults() {
        return read(name -> Optional.empty(), Map.of(), Map.of());
    }

    /**
     * Read the settings from configuration parameters, this process's environment and its system properties.
     *
     * @param parameters looks up a configuration parameter of JUnit by name
     * @return the settings
     * @throws IllegalArgumentException if a setting is unknown or malformed; lists all of them
     */
    public static RunSettings read(Function<String, Optional<String>> parameters) {
        return read(parameters, System.getenv(), texts(System.getProperties()));
    }

    /**
     * Read the settings.
     *
     * @param parameters looks up a configuration parameter of JUnit by name; lowest precedence
     * @param environment environment variables
     * @param systemProperties system properties; highest precedence
     * @return the settings
     * @throws IllegalArgumentException if a setting is unknown or malformed; lists all of them, each with the name that
     *     was used, where it was found, what was expected, and the nearest known name
     */
    public static RunSettings read(
            Function<String, Optional<String>> parameters,
            Map<String, String> environment,
            Map<String, String> systemProperties) {
        return new SettingsReader(parameters, new TreeMap<>(environment), new TreeMap<>(systemProperties)).read();
    }

    /**
     * Refuse names of settings that nobody knows, for sources that can list their names.
     *
     * @param names names of any settings; only those that begin with {@code nomos.} are looked at
     * @param source where they were found, for the text, for example {@code "junit-platform.properties"}
     * @throws IllegalArgumentException if one is unknown; names it and the nearest known name
     */
    public static void requireKnown(Collection<String> names, String source) {
        SettingNames.requireKnown(names, source);
    }

    private static Map<String, String> texts(Properties properties) {
        var texts = new TreeMap<String, String>();
        for (String name : properties.stringPropertyNames()) {
            texts.put(name, properties.getProperty(name, ""));
        }
        return texts;
    }

    /**
     * Say whether an expectation that cannot be judged fails.
     *
     * @return false if its test is aborted instead
     */
    public boolean strict() {
        return strictBecause != null;
    }

    /**
     * Return how long nodes may take until all are ready, as in the Rust framework (node contract 3.6).
     *
     * @return 60 s; twice that in a slow environment
     */
    public Duration readinessTimeout() {
        return slow ? READINESS_TIMEOUT.multipliedBy(2) : READINESS_TIMEOUT;
    }

    /**
     * Return these settings with another seed.
     *
     * @param newSeed null for a fresh one each run
     * @return a copy
     */
    public RunSettings withSeed(@Nullable Long newSeed) {
        return with(newSeed, replay, directory, keep, strictBecause);
    }

    /**
     * Return these settings with a run to replay.
     *
     * @param newReplay directory of the run; null for none
     * @return a copy
     */
    public RunSettings withReplay(@Nullable Path newReplay) {
        return with(seed, newReplay, directory, keep, strictBecause);
    }

    /**
     * Return these settings with another directory.
     *
     * @param newDirectory where the directories of runs are created
     * @return a copy
     */
    public RunSettings withDirectory(Path newDirectory) {
        return with(seed, replay, newDirectory, keep, strictBecause);
    }

    /**
     * Return these settings with another policy of keeping.
     *
     * @param newKeep of which runs logs and state of the nodes are kept
     * @return a copy
     */
    public RunSettings withKeep(KeepPolicy newKeep) {
        return with(seed, replay, directory, newKeep, strictBecause);
    }

    /**
     * Return these settings with another strictness.
     *
     * @param newStrict whether an expectation that cannot be judged fails
     * @return a copy
     */
    public RunSettings withStrict(boolean newStrict) {
        return with(seed, replay, directory, keep, newStrict ? "it was asked for in code" : null);
    }

    private RunSettings with(
            @Nullable Long newSeed,
            @Nullable Path newReplay,
            Path newDirectory,
            KeepPolicy newKeep,
            @Nullable String newStrict) {
        return new RunSettings(
                backend,
                newSeed,
                newReplay,
                time,
                newKeep,
                newStrict,
                requirements,
                newDirectory,
                runForFactor,
                maxNodes,
                progress,
                groupTopologies,
                slow,
                slot,
                activeSlotCoefficient,
                logDirectory,
                logLevel);
    }
}
