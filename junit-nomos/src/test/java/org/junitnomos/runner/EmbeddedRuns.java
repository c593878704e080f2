package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junitnomos.deploy.embedded.EmbeddedDeployer;
import org.junitnomos.devnode.DevNode;
import org.junitnomos.devnode.NodeCore;
import org.junitnomos.devnode.NodeCoreFactory;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalReader;
import org.junitnomos.journal.Verdict;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.settings.RunSettings;

/** Makes whole runs on dev nodes, right ones or such with a planted bug, in virtual time and with one seed. */
final class EmbeddedRuns {
    private final RunSettings settings;

    /** Runs whose directories are created in that one. */
    EmbeddedRuns(Path directory) {
        var parameters = Map.of("nomos.directory", directory.toString(), "nomos.seed", "4711", "nomos.progress", "off");
        settings = RunSettings.read(name -> Optional.ofNullable(parameters.get(name)), Map.of(), Map.of());
    }

    RunSettings settings() {
        return settings;
    }

    RunResult run(Scenario scenario, NodeCoreFactory nodes) {
        return run(scenario, nodes, run -> {});
    }

    RunResult run(Scenario scenario, NodeCoreFactory nodes, ScenarioRunner.Body body) {
        var plan = SettingsApplication.apply(settings, scenario);
        var cluster = LiveCluster.of(plan, settings, new EmbeddedDeployer(nodes));
        return ScenarioRun.owning(cluster, settings, null, List.of()).runToEnd(body);
    }

    /** Only the node of that name is made in its own way; the others are as they should be. */
    static NodeCoreFactory only(String node, NodeCoreFactory planted) {
        return (config, store, outbox) ->
                config.name().equals(node) ? planted.create(config, store, outbox) : new DevNode(config, store, outbox);
    }

    /** Only the node of that name is wrapped into something that behaves in its own way. */
    static NodeCoreFactory only(String node, UnaryOperator<NodeCore> wrapper) {
        return only(node, (config, store, outbox) -> wrapper.apply(new DevNode(config, store, outbox)));
    }

    static List<JournalEvent> journal(RunResult result) {
        try {
            return JournalReader.read(result.directory().resolve(RunResult.JOURNAL))
                    .events();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static <E> List<E> journal(RunResult result, Class<E> type) {
        return journal(result).stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** What was found by an expectation that must have come to that verdict. */
    static ExpectationResult judged(RunResult result, String expectation, Verdict verdict) {
        var found = result.expectations().stream()
                .filter(each -> each.name().equals(expectation))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no result of " + expectation + " in " + result));
        assertThat(found.verdict()).as(expectation + ": " + found.text()).isEqualTo(verdict);
        return found;
    }

    static String text(RunResult result, String expectation, Verdict verdict) {
        return String.valueOf(judged(result, expectation, verdict).text());
    }
}
