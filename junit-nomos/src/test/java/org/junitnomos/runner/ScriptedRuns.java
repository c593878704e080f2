package org.junitnomos.runner;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junitnomos.journal.Journal;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalReader;
import org.junitnomos.journal.RunPhase;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioBuilder;
import org.junitnomos.scenario.WorkloadGenerator;
import org.junitnomos.settings.RunSettings;

/** Makes runs on a scripted cluster, and hears what they report. */
final class ScriptedRuns implements RunReporter {
    final ScriptedDeployer deployer = new ScriptedDeployer();
    final List<String> heard = new ArrayList<>();
    final Queue<JournalEvent> recorded = new ConcurrentLinkedQueue<>();
    final BlockingQueue<String> notices = new LinkedBlockingQueue<>();
    private final RunSettings settings;

    ScriptedRuns(Path directory) {
        settings = RunSettings.defaults().withSeed(4711L).withDirectory(directory);
    }

    static ScenarioBuilder plan() {
        return Scenario.builder()
                .name("scripted")
                .backend("scripted")
                .validators(2)
                .runFor(Duration.ofSeconds(20))
                .cooldown(Duration.ofSeconds(4));
    }

    static List<JournalEvent> journal(RunResult result) throws IOException {
        return JournalReader.read(result.directory().resolve(RunResult.JOURNAL)).events();
    }

    static List<String> phases(List<JournalEvent> events) {
        var phases = new ArrayList<String>();
        for (var event : events) {
            if (event instanceof JournalEvent.PhaseStarted started) {
                phases.add("start " + started.phase());
            } else if (event instanceof JournalEvent.PhaseEnded ended) {
                phases.add("end " + ended.phase());
            }
        }
        return phases;
    }

    ScenarioRun run(Scenario plan) {
        return run(plan, settings);
    }

    ScenarioRun run(Scenario plan, RunSettings otherSettings) {
        var cluster = LiveCluster.of(plan, otherSettings, deployer);
        return ScenarioRun.owning(cluster, otherSettings, "SteadyState#survives", List.of(this));
    }

    LiveCluster cluster(Scenario plan) {
        return LiveCluster.of(plan, settings, deployer);
    }

    ScenarioRun on(LiveCluster cluster, Scenario plan) {
        return ScenarioRun.on(cluster, plan, settings, null, List.of(this));
    }

    RunSettings settings() {
        return settings;
    }

    @Override
    public RunListener open(RunInfo run) {
        return new RunListener() {
            @Override
            public void opened(Journal journal) {
                heard.add("opened with " + journal.events().size());
                journal.subscribe(recorded::add);
            }

            @Override
            public void phaseStarted(RunPhase phase) {
                heard.add("start " + phase);
            }

            @Override
            public void notice(String text) {
                notices.add(text);
            }

            @Override
            public void phaseEnded(PhaseTiming timing) {
                heard.add("end " + timing.phase());
            }

            @Override
            public void evaluated(RunResult result, Journal journal) {
                heard.add("evaluated " + result.verdict());
            }

            @Override
            public void ended(RunResult result, Journal journal) {
                heard.add("ended " + result.verdict());
            }
        };
    }

    /** What a workload does. */
    interface Load {
        void drive(RunContext run) throws Exception;
    }

    record Worker(String name, Load load) implements WorkloadGenerator {
        @Override
        public void drive(RunContext run) throws Exception {
            load.drive(run);
        }
    }

    /** An expectation that watches, and whose check never fails by itself. */
    record Watching(String name, Expectation.Watcher watcher) implements Expectation {
        @Override
        public Watcher watch(RunContext run) {
            return watcher;
        }

        @Override
        public void evaluate(RunContext run) {}
    }
}
