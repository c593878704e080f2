package org.junitnomos.jupiter;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junitnomos.runner.LiveCluster;
import org.junitnomos.runner.ScenarioRun;
import org.junitnomos.runner.SettingsApplication;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.settings.RunSettings;

/** Makes the run of a plan: on a cluster of its own, or on one that its class or the session keeps. */
final class RunFactory {
    private static final String SHELF = "shelf";

    private RunFactory() {}

    static TestRun create(Plan plan, ExtensionContext context) {
        return create(plan, context, Environment.settings(context));
    }

    static TestRun create(Plan plan, ExtensionContext context, RunSettings settings) {
        // The runner does the same, but a plan that cannot run with the settings is told in terms of annotations here.
        SettingsApplication.apply(settings, plan.scenario(), plan.terms().afterSettings());
        var session = Runs.session(context);
        var run = plan.cluster() == ClusterScope.RUN
                ? onOwnCluster(plan, settings, session, context)
                : onSharedCluster(plan, settings, session, context);
        session.opened(run);
        return run;
    }

    private static TestRun onOwnCluster(
            Plan plan, RunSettings settings, TestSession session, ExtensionContext context) {
        var run = ScenarioRun.ofTest(plan.scenario(), settings, Selections.of(context));
        var admission = admission(session, plan.scenario());
        return new TestRun(plan, run, admission, ancestors(context), admission, session::closed);
    }

    private static TestRun onSharedCluster(
            Plan plan, RunSettings settings, TestSession session, ExtensionContext context) {
        var scenario = SettingsApplication.apply(settings, plan.scenario());
        var shelf = plan.cluster() == ClusterScope.SESSION ? session.shared() : shelf(session, context);
        var shelved =
                shelf.take(scenario, () -> LiveCluster.of(scenario, settings), () -> admission(session, scenario));
        try {
            var run = ScenarioRun.ofTestOn(shelved.cluster(), plan.scenario(), settings, Selections.of(context));
            return new TestRun(
                    plan, run, shelved.admission(), ancestors(context), () -> shelf.giveBack(shelved), session::closed);
        } catch (RuntimeException e) {
            shelf.giveBackAfter(e, shelved);
            throw e;
        }
    }

    private static Admission admission(TestSession session, Scenario scenario) {
        return new Admission(session, scenario.name(), scenario.topology().size());
    }

    /** Lists the rooms of runs that span enclosing classes: they end after this run. */
    private static List<Admission> ancestors(ExtensionContext context) {
        var ancestors = new ArrayList<Admission>();
        for (@Nullable ExtensionContext parent = context.getParent().orElse(null);
                parent != null;
                parent = parent.getParent().orElse(null)) {
            if (parent.getTestClass().isPresent()) {
                Runs.classRun(parent).map(TestRun::admission).ifPresent(ancestors::add);
            }
        }
        return ancestors.stream().distinct().toList();
    }

    private static ClusterShelf shelf(TestSession session, ExtensionContext context) {
        var owner = context;
        while (owner.getTestMethod().isPresent()) {
            owner = owner.getParent().orElseThrow();
        }
        return Runs.store(owner).getOrComputeIfAbsent(SHELF, key -> session.shelf(), ClusterShelf.class);
    }
}
