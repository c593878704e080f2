package org.junitnomos.runner;

import java.nio.file.Path;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.settings.RunSettings;
import org.junitnomos.settings.TimeMode;

/**
 * What runs: everything about a run that is known before it starts.
 *
 * @param scenario the plan, with the settings applied
 * @param settings the settings
 * @param seed seed of the run
 * @param time how time passes
 * @param test the test that runs it ({@code Class#method}); null outside of a test
 * @param origin what its replay has to meet again; null outside of a test of this library's extension
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record RunInfo(
        Scenario scenario,
        RunSettings settings,
        long seed,
        TimeMode time,
        @Nullable String test,
        @Nullable RunOrigin origin) {
    public RunInfo {
        Objects.requireNonNull(scenario, "scenario");
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(time, "time");
    }

    /** Describes a run that is not one of the extension's. */
    public RunInfo(Scenario scenario, RunSettings settings, long seed, TimeMode time, @Nullable String test) {
        this(scenario, settings, seed, time, test, null);
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
