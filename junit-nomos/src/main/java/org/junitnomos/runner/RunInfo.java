package org.junitnomos.runner;

import java.nio.file.Path;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.settings.RunSettings;
import org.junitnomos.settings.TimeMode;

/** What runs: everything about a run that is known before it starts. Immutable. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class RunInfo {
    private final Scenario scenario;
    private final RunSettings settings;
    private final long seed;
    private final TimeMode time;
    private final @Nullable String test;
    private final @Nullable RunOrigin origin;

    /**
     * Describes a run that is not one of the extension's.
     *
     * @param scenario the plan, with the settings applied
     * @param settings the settings
     * @param seed seed of the run
     * @param time how time passes
     * @param test the test that runs it, as Surefire selects it ({@code Class#method}); null outside of a test
     */
    public RunInfo(Scenario scenario, RunSettings settings, long seed, TimeMode time, @Nullable String test) {
        this(scenario, settings, seed, time, test, null);
    }

    private RunInfo(
            Scenario scenario,
            RunSettings settings,
            long seed,
            TimeMode time,
            @Nullable String test,
            @Nullable RunOrigin origin) {
        this.scenario = Objects.requireNonNull(scenario, "scenario");
        this.settings = Objects.requireNonNull(settings, "settings");
        this.seed = seed;
        this.time = Objects.requireNonNull(time, "time");
        this.test = test;
        this.origin = origin;
    }

    /** Describes a run of a test that its replay can select. */
    static RunInfo of(Scenario scenario, RunSettings settings, long seed, TimeMode time, RunOrigin origin) {
        return new RunInfo(scenario, settings, seed, time, origin.test().toString(), origin);
    }

    /** {@return the plan, with the settings applied} */
    public Scenario scenario() {
        return scenario;
    }

    /** {@return the settings} */
    public RunSettings settings() {
        return settings;
    }

    /** {@return the seed of the run} */
    public long seed() {
        return seed;
    }

    /** {@return how time passes} */
    public TimeMode time() {
        return time;
    }

    /** {@return the test that runs it, as Surefire selects it ({@code Class#method}); null outside of a test} */
    public @Nullable String test() {
        return test;
    }

    /** What its replay has to meet again; null outside of a test of the extension. */
    @Nullable
    RunOrigin origin() {
        return origin;
    }

    /**
     * {@return the command that replays the run by its seed, for example
     * {@code mvn test -Dtest=SteadyState#survives -Dnomos.seed=4711}}
     */
    public String replayCommand() {
        return ReplayCommand.of(this);
    }

    /**
     * Returns the command that replays the run best: by its seed in virtual time, where that is all; in real time by
     * its journal, which also knows when the faults began.
     *
     * @param directory directory of the run; null if it has none
     * @return for example {@code mvn test -Dtest=SteadyState#survives -Dnomos.replay=target/nomos/steady-state/3}
     */
    public String replayCommand(@Nullable Path directory) {
        return ReplayCommand.of(this, directory);
    }
}
