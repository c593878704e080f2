package org.junitnomos.samples;

import java.time.Duration;
import org.junitnomos.expectation.Healthy;
import org.junitnomos.runner.ScenarioRunner;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.settings.RunSettings;
import org.junitnomos.workload.TransactionWorkload;

/** A run without JUnit: a program of its own, which fails with what went wrong. */
// tag::main[]
final class NightlyMain {
    private NightlyMain() {}

    public static void main(String[] arguments) {
        var scenario = Scenario.builder()
                .name("nightly")
                .validators(3)
                .wallets(50)
                .workload(new TransactionWorkload(5, 50))
                .expect(new Healthy())
                .runFor(Duration.ofMinutes(10))
                .build();

        var result = ScenarioRunner.run(scenario, RunSettings.defaults().withSeed(4711L), run -> {
            run.clock().sleep(Duration.ofMinutes(4));
            run.control().restart("validator-1");
        });

        for (var expectation : result.expectations()) {
            System.out.println(expectation.verdict() + " " + expectation.name());
        }
        System.out.println(result.verdict() + ", evidence in " + result.directory());
        result.orThrow();
    }
}
// end::main[]
