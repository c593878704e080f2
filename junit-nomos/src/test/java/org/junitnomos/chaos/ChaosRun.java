package org.junitnomos.chaos;

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
record ChaosRun(Verdict verdict, String failures, List<JournalEvent> events) {
    static ChaosRun of(ScenarioBuilder plan, Path directory, long seed) throws IOException {
        var settings = RunSettings.defaults().withSeed(seed).withDirectory(directory);
        var result = ScenarioRunner.run(plan.build(), settings);
        var journal = JournalReader.read(result.directory().resolve(RunResult.JOURNAL));
        return new ChaosRun(result.verdict(), result.failures().toString(), journal.events());
    }

    <E extends JournalEvent> List<E> events(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
