package org.junitnomos.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.junitnomos.expectation.ConsensusLiveness;
import org.junitnomos.expectation.HeightConvergence;
import org.junitnomos.expectation.Safety;
import org.junitnomos.expectation.TransactionInclusion;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalReader;
import org.junitnomos.journal.Verdict;
import org.junitnomos.runner.Campaign;
import org.junitnomos.runner.RunResult;
import org.junitnomos.runner.ScenarioRunner;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.settings.RunSettings;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.workload.TransactionWorkload;

/** Whole runs without JUnit in between. */
final class Runs {
    private Runs() {}

    /** Four nodes, one minute, three transactions per block, everything expected. */
    static Scenario healthy() {
        return Scenario.builder()
                .name("healthy")
                .validators(3)
                .executors(1)
                .layout(NetworkLayout.FULL)
                .wallets(10)
                .workload(new TransactionWorkload(3, 10))
                .expect(new ConsensusLiveness())
                .expect(new TransactionInclusion())
                .expect(new Safety())
                .expect(new HeightConvergence())
                .runFor(Duration.ofMinutes(1))
                .build();
    }

    static RunSettings settings(Path directory, long seed) {
        var parameters = new TreeMap<>(Map.of(
                "nomos.directory", directory.toString(), "nomos.seed", Long.toString(seed), "nomos.progress", "off"));
        return RunSettings.read(name -> Optional.ofNullable(parameters.get(name)), Map.of(), Map.of());
    }

    static RunResult run(Scenario scenario, Path directory, long seed) {
        return ScenarioRunner.run(scenario, settings(directory, seed));
    }

    /** Run a plan with seeds from 1 on; tells each run that did not pass or in which a node contradicted itself. */
    static List<String> alarms(Scenario scenario, Path directory, int seeds) {
        try {
            return Campaign.run(LongStream.rangeClosed(1, seeds)
                            .mapToObj(seed -> (Callable<List<String>>) () -> alarmsOf(scenario, directory, seed))
                            .toList())
                    .stream()
                    .flatMap(List::stream)
                    .toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static List<String> alarmsOf(Scenario scenario, Path directory, long seed) {
        var alarms = new ArrayList<String>();
        var result = run(scenario, directory, seed);
        String where = scenario.name() + ", seed " + seed + ": ";
        if (result.verdict() != Verdict.PASSED) {
            alarms.add(where + result.verdict() + " " + result.failures());
        }
        contradictions(result).forEach(each -> alarms.add(where + each));
        return alarms;
    }

    /** What the journal of a run says of nodes that contradict themselves: nothing, if all nodes are as they should be. */
    private static List<JournalEvent> contradictions(RunResult result) {
        try {
            return JournalReader.read(result.directory().resolve(RunResult.JOURNAL)).events().stream()
                    .filter(JournalEvent.ContradictionSeen.class::isInstance)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
