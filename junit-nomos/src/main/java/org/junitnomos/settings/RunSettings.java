package org.junitnomos.settings;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What the environment says about runs: where they run and what is kept of them, not what they mean. Immutable;
 * equal if all values are.
 *
 * <p>Precedence, lowest first: configuration parameters of JUnit ({@code junit-platform.properties}), environment
 * variables, system properties. {@code docs/settings.md} describes every setting.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class RunSettings {
    /** Where the directories of runs are created by default. */
    public static final Path DEFAULT_DIRECTORY = Path.of("target", "nomos");

    private static final Duration READINESS_TIMEOUT = Duration.ofSeconds(60);

    private final RunValues values;
    private final RunChoices choices;

    private RunSettings(RunValues values, RunChoices choices) {
        this.values = values;
        this.choices = choices;
    }

    /** {@return the settings of an environment that says nothing: the defaults} */
    public static RunSettings defaults() {
        return read(name -> Optional.empty(), Map.of(), Map.of());
    }

    /**
     * Reads the settings from configuration parameters, this process's environment and its system properties.
     *
     * @param parameters looks up a configuration parameter of JUnit by name
     * @param ofBackends names of the settings that the backends read, so that others are refused
     * @return the settings
     * @throws IllegalArgumentException if a setting is unknown or malformed; lists all of them
     */
    public static RunSettings read(Function<String, Optional<String>> parameters, Collection<String> ofBackends) {
        return read(parameters, ofBackends, System.getenv(), SettingsReader.systemProperties());
    }

    /**
     * Reads the settings of runs; those of backends are passed over.
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
        return read(parameters, List.of(), environment, systemProperties);
    }

    static RunSettings read(
            Function<String, Optional<String>> parameters,
            Collection<String> ofBackends,
            Map<String, String> environment,
            Map<String, String> systemProperties) {
        var names = new SettingNames(ofBackends);
        var problems =
                new ArrayList<>(names.unknown(SettingNames.PREFIX, systemProperties.keySet(), "system property"));
        problems.addAll(names.unknownVariables(SettingNames.PREFIX, environment.keySet()));
        var reader = SettingsReader.ofAll(parameters, new TreeMap<>(systemProperties), new TreeMap<>(environment));
        var settings = new RunSettings(RunValues.read(reader), RunChoices.read(reader));
        problems.addAll(reader.problems());
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        return settings;
    }

    /**
     * Refuses names of settings that nobody knows, for sources that can list their names.
     *
     * @param names names of any settings; only those that begin with {@code nomos.} are looked at
     * @param source where they were found, for the text, for example {@code "junit-platform.properties"}
     * @param ofBackends names of the settings that the backends read
     * @throws IllegalArgumentException if one is unknown, or belongs to a backend, which does not look there; names it
     *     and the nearest known name
     */
    public static void requireKnown(Collection<String> names, String source, Collection<String> ofBackends) {
        new SettingNames(ofBackends).requireKnown(names, source);
    }

    /** {@return the setting {@code nomos.backend}: the backend instead of the scenario's; null for the scenario's} */
    public @Nullable String backend() {
        return values.backend();
    }

    /** {@return the setting {@code nomos.seed}: the seed of every run; null for a fresh one each} */
    public @Nullable Long seed() {
        return choices.seed();
    }

    /**
     * {@return the setting {@code nomos.replay}: the directory of a run whose seed and faults are taken; null for none}
     */
    public @Nullable Path replay() {
        return choices.replay();
    }

    /** {@return the setting {@code nomos.time}: how time passes; null for the scenario's, or the backend's default} */
    public @Nullable TimeMode time() {
        return values.time();
    }

    /** {@return the setting {@code nomos.keep}: of which runs logs and state of the nodes are kept} */
    public KeepPolicy keep() {
        return choices.keep();
    }

    /**
     * {@return the setting {@code nomos.strict}, for texts: why an expectation that cannot be judged fails, such as
     * {@code "CI is set in the environment"}; null if it is inconclusive and its test aborted}
     */
    public @Nullable String strictBecause() {
        return choices.strictBecause();
    }

    /** {@return the setting {@code nomos.requirements}: what happens without the backend's requirements} */
    public RequirementPolicy requirements() {
        return values.requirements();
    }

    /** {@return the setting {@code nomos.directory}: where the directories of runs are created} */
    public Path directory() {
        return choices.directory();
    }

    /** {@return the setting {@code nomos.run-for.factor}: the factor on every run window; positive} */
    public BigDecimal runForFactor() {
        return values.runForFactor();
    }

    /** {@return the setting {@code nomos.max.nodes}: the most nodes that run at once in this JVM; 0 for no limit} */
    public int maxNodes() {
        return values.maxNodes();
    }

    /** {@return the setting {@code nomos.progress}: how progress is shown} */
    public ProgressMode progress() {
        return values.progress();
    }

    /** {@return the setting {@code nomos.group-topologies}: whether test classes are ordered by topology} */
    public boolean groupTopologies() {
        return values.groupTopologies();
    }

    /** {@return the setting {@code nomos.sweep}: conditions of the points of a sweep that run; null for all} */
    public @Nullable String sweep() {
        return values.sweep();
    }

    /**
     * {@return the setting {@code nomos.test}: the only test that runs, by its unique id of JUnit below the engine;
     * null for all}
     */
    public @Nullable String test() {
        return values.test();
    }

    /**
     * {@return the setting {@code nomos.replay.on}: backend, system under test and library that a replay was recorded
     * on; null if it says nothing}
     */
    public @Nullable String replayOn() {
        return values.replayOn();
    }

    /**
     * {@return the setting {@code nomos.report.html}: which runs leave a page, {@code report.html}; null if it says
     * nothing}
     */
    public @Nullable KeepPolicy page() {
        return values.page();
    }

    /**
     * {@return the file of {@code GITHUB_STEP_SUMMARY}, which GitHub Actions shows with a step; null where that is not
     * set}
     */
    public @Nullable Path stepSummary() {
        return values.stepSummary();
    }

    /** {@return the setting {@code nomos.evidence.zip}: whether a run that did not pass leaves one zip} */
    public boolean zip() {
        return values.zip();
    }

    /**
     * {@return the setting {@code nomos.twice}: whether scenarios run twice in virtual time, to compare their journals}
     */
    public boolean twice() {
        return values.twice();
    }

    /**
     * {@return the setting {@code nomos.selfcheck}: whether scenarios are run once for each defect of dev nodes, to see
     * which they miss}
     */
    public boolean selfCheck() {
        return values.selfCheck();
    }

    /** {@return the setting {@code SLOW_TEST_ENV}: whether every limit of real time is doubled} */
    public boolean slow() {
        return values.slow();
    }

    /**
     * {@return the setting {@code CONSENSUS_SLOT_TIME}: the slot of scenarios that have the default slot; null for the
     * default}
     */
    public @Nullable Duration slot() {
        return values.slot();
    }

    /**
     * {@return the setting {@code CONSENSUS_ACTIVE_SLOT_COEFF}: the coefficient of scenarios that have the default one;
     * null for the default}
     */
    public @Nullable BigDecimal activeSlotCoefficient() {
        return values.activeSlotCoefficient();
    }

    /**
     * {@return the setting {@code NOMOS_LOG_DIR}: where logs of nodes are copied to; null for nowhere else than the
     * run}
     */
    public @Nullable Path logDirectory() {
        return values.logDirectory();
    }

    /** {@return the setting {@code NOMOS_LOG_LEVEL}: how much nodes write to their logs} */
    public LogLevel logLevel() {
        return values.logLevel();
    }

    /** {@return the setting {@code nomos.observability}: whether runs in real time have a Prometheus of their own} */
    public boolean observability() {
        return values.observability();
    }

    /**
     * {@return the setting {@code nomos.observability.image}: image of the Prometheus of runs that have one of their
     * own; null for what the plan says}
     */
    public @Nullable String observabilityImage() {
        return values.observabilityImage();
    }

    /**
     * {@return the setting {@code nomos.metrics.query.url}: base of the addresses of a Prometheus that is there
     * already; null for none}
     */
    public @Nullable URI metricsQuery() {
        return values.metricsQuery();
    }

    /**
     * {@return the setting {@code nomos.otlp.metrics.endpoint}, or {@code nomos.metrics.otlp.ingest.url}: where what
     * nodes push by OTLP over HTTP is sent on to; null for nowhere}
     */
    public @Nullable URI metricsIngest() {
        return values.metricsIngest();
    }

    /** Says whether an expectation that cannot be judged fails; false if its test is aborted instead. */
    public boolean strict() {
        return choices.strictBecause() != null;
    }

    /**
     * {@return how long nodes may take until all are ready (node contract 3.6): 60 s; twice that in a slow environment}
     */
    public Duration readinessTimeout() {
        return values.slow() ? READINESS_TIMEOUT.multipliedBy(2) : READINESS_TIMEOUT;
    }

    /**
     * Returns these settings with another seed.
     *
     * @param newSeed null for a fresh one each run
     * @return a copy
     */
    public RunSettings withSeed(@Nullable Long newSeed) {
        return with(new RunChoices(
                newSeed, choices.replay(), choices.directory(), choices.keep(), choices.strictBecause()));
    }

    /**
     * Returns these settings with a run to replay.
     *
     * @param newReplay directory of the run; null for none
     * @return a copy
     */
    public RunSettings withReplay(@Nullable Path newReplay) {
        return with(new RunChoices(
                choices.seed(), newReplay, choices.directory(), choices.keep(), choices.strictBecause()));
    }

    /**
     * Returns these settings with another directory.
     *
     * @param newDirectory where the directories of runs are created
     * @return a copy
     */
    public RunSettings withDirectory(Path newDirectory) {
        return with(new RunChoices(
                choices.seed(), choices.replay(), newDirectory, choices.keep(), choices.strictBecause()));
    }

    /**
     * Returns these settings with another policy of keeping.
     *
     * @param newKeep of which runs logs and state of the nodes are kept
     * @return a copy
     */
    public RunSettings withKeep(KeepPolicy newKeep) {
        return with(new RunChoices(
                choices.seed(), choices.replay(), choices.directory(), newKeep, choices.strictBecause()));
    }

    /**
     * Returns these settings with another strictness.
     *
     * @param newStrict whether an expectation that cannot be judged fails
     * @return a copy
     */
    public RunSettings withStrict(boolean newStrict) {
        String why = newStrict ? "it was asked for in code" : null;
        return with(new RunChoices(choices.seed(), choices.replay(), choices.directory(), choices.keep(), why));
    }

    private RunSettings with(RunChoices chosen) {
        return new RunSettings(values, chosen);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RunSettings settings
                && settings.values.equals(values)
                && settings.choices.equals(choices);
    }

    @Override
    public int hashCode() {
        return 31 * values.hashCode() + choices.hashCode();
    }

    @Override
    public String toString() {
        return choices + " " + values;
    }
}
