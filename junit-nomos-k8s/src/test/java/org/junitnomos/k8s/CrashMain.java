package org.junitnomos.k8s;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junitnomos.deploy.session.Session;
import org.junitnomos.testkit.ClusterRun;
import org.junitnomos.time.Timeline;

/**
 * The test JVM that is killed: it deploys two nodes with settings that follow the directory, restarts one, and removes
 * the cluster, telling of each step. With {@code sweep} it only begins a session, as the next start does.
 */
final class CrashMain {
    private CrashMain() {}

    public static void main(String[] arguments) throws Exception {
        Path sessions = Path.of(arguments[0]);
        Path kubeconfig = Path.of(arguments[1]);
        Path directory = Files.createDirectories(Path.of(arguments[2]));
        try (var session = Session.at(sessions);
                var run = new ClusterRun(directory)) {
            System.out.println("session " + session.id());
            var more = Arrays.copyOfRange(arguments, 3, arguments.length);
            if (Arrays.asList(more).contains("sweep")) {
                session.scope("next start").leasePort().close();
                session.endIfUnused();
                System.out.println("swept");
                return;
            }
            run.timeline.call(() -> {
                System.out.println("deploying");
                try (var deployed = TestCluster.deploy(run, TestCluster.settings(kubeconfig, more), 2, session)) {
                    System.out.println("deployed");
                    deployed.control().restart("validator-1");
                    run.timeline.sleep(java.time.Duration.ofSeconds(1));
                    System.out.println("closing");
                }
                return null;
            });
            session.endIfUnused();
            System.out.println("closed");
            run.timeline.sleep(Timeline.FOREVER);
        }
    }
}
