package org.junitnomos.deploy.process;

import java.nio.file.Path;
import org.junitnomos.deploy.session.Session;
import org.junitnomos.testkit.ClusterRun;

/** Deploys two nodes in a JVM of its own and tells how it went. */
final class DeployMain {

    private DeployMain() {}

    public static void main(String[] arguments) throws Exception {
        try (var run = new ClusterRun(Path.of(arguments[0]));
                var cluster = run.deploy(new ProcessDeployer(new DevNodeCommand()), 2)) {
            System.out.println(
                    "peers " + cluster.nodes().get(1).client().networkInfo().peers());
        }
        System.out.println("ended " + Session.ofThisJvm().endIfUnused());
    }
}
