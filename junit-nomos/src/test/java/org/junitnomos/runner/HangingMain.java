package org.junitnomos.runner;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junitnomos.settings.TimeMode;
import org.junitnomos.testkit.DeclaredBackends;

/** Runs, in a JVM of its own, a scenario on a backend that never listens: in its deploy, or in its close. */
final class HangingMain {

    private HangingMain() {}

    public static void main(String[] arguments) throws Exception {
        new DeclaredBackends().install();
        var runs = new ScriptedRuns(Files.createTempDirectory(Path.of(arguments[2]), "runs"));
        var plan = ScriptedRuns.plan()
                .time(TimeMode.valueOf(arguments[1]))
                .slot(Duration.ofMillis(10))
                .runFor(Duration.ofMillis(100))
                .cooldown(Duration.ZERO)
                .deadline(arguments[0].equals("deploy") ? Duration.ofSeconds(2) : Duration.ofMinutes(1))
                .build();
        Runnable spins = HangingMain::spin;
        switch (arguments[0]) {
            case "deploy" -> {
                runs.deployer.inDeploy = spins;
                runs.run(plan).runToEnd(run -> {});
            }
            case "close" -> {
                runs.deployer.inClose = spins;
                runs.run(plan).runToEnd(run -> {});
            }
            case "shared" -> {
                runs.deployer.inClose = spins;
                var cluster = runs.cluster(plan);
                runs.on(cluster, plan).runToEnd(run -> {});
                System.out.println("run ended");
                cluster.close();
            }
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        System.out.println("ended");
    }

    private static void spin() {
        while (true) {
            Thread.onSpinWait();
        }
    }
}
