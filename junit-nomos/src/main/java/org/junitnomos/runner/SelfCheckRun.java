package org.junitnomos.runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.defect.DefectGroup;
import org.junitnomos.defect.DefectScope;
import org.junitnomos.defect.NodeDefect;
import org.junitnomos.defect.PlantedDefect;
import org.junitnomos.deploy.Deployers;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.Verdict;
import org.junitnomos.runner.DefectFinding.Notice;
import org.junitnomos.runner.DefectFinding.Outcome;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioValidationException;
import org.junitnomos.settings.KeepPolicy;
import org.junitnomos.settings.RunSettings;
import org.junitnomos.settings.TimeMode;
import org.junitnomos.time.Stopwatch;

/**
 * Finds out what a scenario would miss: runs it on embedded dev nodes in virtual time, without a defect and then once
 * for each, with load, faults and expectations of the plan; a test body is no part of it.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class SelfCheckRun {
    private static final int SLOTS_BEFORE = 10;

    private final Scenario scenario;
    private final RunSettings settings;
    private final List<NodeDefect> defects;
    private final List<Long> seeds;

    /**
     * Prepares a check.
     *
     * @param scenario the plan
     * @param settings its settings; the directory is where the runs go whose defect was not noticed
     * @param defects the defects
     * @param seeds the seeds, each of which all defects are run with
     * @throws ScenarioValidationException if the plan cannot run on embedded dev nodes in virtual time
     */
    public SelfCheckRun(Scenario scenario, RunSettings settings, List<NodeDefect> defects, List<Long> seeds) {
        this.scenario = SettingsApplication.apply(settings, scenario).toBuilder()
                .backend(Scenario.DEFAULT_BACKEND)
                .time(TimeMode.VIRTUAL)
                .urls(false) // nothing that runs here asks for them
                .build();
        this.settings = settings.withReplay(null).withKeep(KeepPolicy.NEVER);
        this.defects = List.copyOf(defects);
        this.seeds = List.copyOf(seeds);
    }

    /** One run, and what its journal says. */
    private record Run(RunResult result, List<JournalEvent> events) {}

    /**
     * Runs the check; blocks until it is done.
     *
     * @throws InterruptedException if interrupted
     */
    public SelfCheckResult run() throws InterruptedException {
        var watch = new Stopwatch();
        List<Callable<Run>> right = new ArrayList<>();
        seeds.forEach(seed -> right.add(() -> run(seed, List.of())));
        var baselines = Campaign.run(right);
        var alarms = new ArrayList<String>();
        for (int i = 0; i < baselines.size(); i++) {
            var result = baselines.get(i).result();
            if (result.verdict() != Verdict.PASSED) {
                alarms.add("seed " + seeds.get(i) + ": " + result.verdict() + " without any defect"
                        + notices(result).stream()
                                .map(each -> ", " + each.expectation() + ": " + each.text())
                                .findFirst()
                                .orElse(""));
            } else {
                drop(result);
            }
        }
        List<DefectFinding> findings = alarms.isEmpty() ? plant(baselines) : List.of();
        var expectations = baselines.get(0).result().expectations().stream()
                .map(ExpectationResult::name)
                .toList();
        return new SelfCheckResult(
                scenario.name(), expectations, seeds, alarms, findings, Duration.ofNanos(watch.nanos()));
    }

    private List<DefectFinding> plant(List<Run> baselines) throws InterruptedException {
        List<Callable<DefectFinding>> planted = new ArrayList<>();
        for (var defect : defects) {
            for (int i = 0; i < seeds.size(); i++) {
                var victims = new Victims(scenario, baselines.get(i).events());
                long seed = seeds.get(i);
                planted.add(() -> find(defect, seed, victims));
            }
        }
        return Campaign.run(planted);
    }

    private DefectFinding find(NodeDefect defect, long seed, Victims victims) {
        var nodes = victims.of(defect, seed);
        var deeds = new AtomicLong();
        var from = from(defect);
        var planted = nodes.stream()
                .map(node -> new PlantedDefect(node, defect, from, deeds))
                .toList();
        boolean loaded = victims.saw(defect.load());
        if (nodes.isEmpty()) {
            return new DefectFinding(defect, seed, nodes, Outcome.UNTOUCHED, false, loaded, List.of(), null);
        }
        var result = run(seed, planted).result();
        var notices = notices(result);
        var outcome = outcome(defect, notices, deeds.get() > 0 || victims.isEnough(defect.load()));
        if (outcome == Outcome.MISSED) {
            return new DefectFinding(
                    defect, seed, nodes, outcome, deeds.get() > 0, loaded, List.of(), result.directory());
        }
        drop(result);
        return new DefectFinding(defect, seed, nodes, outcome, deeds.get() > 0, loaded, notices, null);
    }

    private static Outcome outcome(NodeDefect defect, List<Notice> notices, boolean touched) {
        if (!notices.isEmpty()) {
            return Outcome.NOTICED;
        }
        if (!touched) {
            return Outcome.UNTOUCHED;
        }
        return defect.isVisible() ? Outcome.MISSED : Outcome.INVISIBLE;
    }

    /** All nodes must agree on the rules of all blocks; else a node is right until the run has begun. */
    private Duration from(NodeDefect defect) {
        return defect.scope() == DefectScope.ALL && defect.group() == DefectGroup.LEDGER
                ? Duration.ZERO
                : scenario.topology().consensus().slotDuration().multipliedBy(SLOTS_BEFORE);
    }

    private Run run(long seed, List<PlantedDefect> planted) {
        var own = settings.withSeed(seed);
        var cluster = LiveCluster.of(scenario, own, Deployers.load().find(scenario.backend()), planted);
        var run = ScenarioRun.owning(cluster, own, null, List.of());
        var result = run.runToEnd(context -> {});
        return new Run(result, run.events());
    }

    /** What failed; what could merely not be judged notices nothing. */
    private static List<Notice> notices(RunResult result) {
        var notices = new ArrayList<Notice>();
        result.expectations().stream()
                .filter(each -> each.verdict() == Verdict.FAILED)
                .forEach(each -> notices.add(new Notice(each.name(), firstLine(each.text()))));
        result.workloads().stream()
                .filter(each -> each.failure() != null)
                .forEach(each -> notices.add(new Notice(each.name(), firstLine(each.text()))));
        if (result.infrastructureFailure() != null) {
            notices.add(
                    new Notice("(run)", firstLine(result.infrastructureFailure().getMessage())));
        }
        return notices;
    }

    private static String firstLine(@Nullable String text) {
        return String.valueOf(text)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Removes what a run left; nobody wants to look at it. */
    private static void drop(RunResult result) {
        Path directory = result.directory();
        if (directory == null) {
            return;
        }
        try {
            RunDirectory.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove the run in " + directory, e);
        }
    }
}
