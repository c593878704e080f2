package org.junitnomos.assertions;

import java.nio.file.Path;
import java.time.Duration;
import org.junitnomos.journal.Verdict;
import org.junitnomos.runner.ScenarioRunner;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.settings.RunSettings;
import org.junitnomos.workload.TransactionWorkload;

/** Runs a scenario on a class path without AssertJ, and waits in it. */
final class WithoutAssertJMain {
    private WithoutAssertJMain() {}

    public static void main(String[] arguments) {
        try {
            Class.forName("org.assertj.core.api.Assertions");
            System.out.println("AssertJ there");
        } catch (ClassNotFoundException e) {
            System.out.println("AssertJ missing");
        }
        var plan = Scenario.builder()
                .name("without")
                .backend("embedded")
                .validators(2)
                .wallets(5)
                .workload(new TransactionWorkload(1, 2))
                .runFor(Duration.ofMinutes(1))
                .build();
        var settings = RunSettings.defaults().withDirectory(Path.of(arguments[0]));
        var result = ScenarioRunner.run(plan, settings, run -> {
            long height = RunAwait.await(run).until(() -> run.feed().height(), seen -> seen >= 2);
            System.out.println(
                    "waited " + (height >= 2) + " " + run.transactions().fates().isEmpty());
        });
        System.out.println("verdict " + result.verdict());
        if (result.verdict() != Verdict.PASSED) {
            result.failures().forEach(Throwable::printStackTrace);
        }
    }
}
