package org.junitnomos.runner;

import java.nio.file.Path;
import java.time.Duration;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.settings.KeepPolicy;
import org.junitnomos.settings.RunSettings;

/** Runs a scenario in a JVM of its own, whose files may not grow as they need, and prints how it ended. */
final class FullDiskMain {
    private FullDiskMain() {}

    public static void main(String[] arguments) {
        var plan = Scenario.builder()
                .name("full disk")
                .validators(2)
                .runFor(Duration.ofMinutes(10))
                .build();
        var settings = RunSettings.defaults()
                .withSeed(4711L)
                .withKeep(KeepPolicy.ALWAYS)
                .withDirectory(Path.of(arguments[0]));
        var result = ScenarioRunner.run(plan, settings);
        System.out.println("verdict " + result.verdict());
        System.out.println("failure " + result.infrastructureFailure());
        System.out.println("directory " + result.directory());
    }
}
