package org.junitnomos.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalReader;
import org.junitnomos.journal.Verdict;
import org.junitnomos.runner.RunResult;
import org.junitnomos.runner.ScenarioRunner;
import org.junitnomos.scenario.ScenarioBuilder;
import org.junitnomos.settings.RunSettings;

/** A whole run on dev nodes, and what its journal says. */
public record JournaledRun(Verdict verdict, String failures, List<JournalEvent> events) {
    public static JournaledRun of(ScenarioBuilder plan, Path directory, long seed) throws IOException {
        return of(plan, directory, seed, run -> {});
    }

    /** Runs a test body as well. */
    public static JournaledRun of(ScenarioBuilder plan, Path directory, long seed, ScenarioRunner.Body body)
            throws IOException {
        var settings = RunSettings.defaults().withSeed(seed).withDirectory(directory);
        var result = ScenarioRunner.run(plan.build(), settings, body);
        var journal = JournalReader.read(result.directory().resolve(RunResult.JOURNAL));
        return new JournaledRun(
                result.verdict(),
                result.failures() + (result.bodyFailure() == null ? "" : " " + result.bodyFailure()),
                journal.events());
    }

    public <E extends JournalEvent> List<E> events(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
