package org.junitnomos.deploy.container;

import java.nio.file.Path;
import org.junitnomos.deploy.session.Session;
import org.junitnomos.testkit.ClusterRun;

/** Deploys two nodes in a JVM of its own, waits until it is told to go on, and tells how it went. */
final class ContainerDeployMain {

    private ContainerDeployMain() {}

    public static void main(String[] arguments) throws Exception {
        try (var run = new ClusterRun(Path.of(arguments[0]));
                var cluster = run.deploy(new ContainerDeployer(), 2)) {
            System.out.println("session " + Session.ofThisJvm().id());
            System.out.println("deployed");
            if (System.in.read() < 0) {
                Runtime.getRuntime().halt(1); // the JVM of the test is gone
            }
            cluster.control().restart("validator-1");
            run.await(
                    "both are connected again",
                    () -> cluster.nodes().stream()
                            .allMatch(node -> node.client().networkInfo().peers() == 1));
            System.out.println("connected again");
        }
        System.out.println("ended " + Session.ofThisJvm().endIfUnused());
    }
}
