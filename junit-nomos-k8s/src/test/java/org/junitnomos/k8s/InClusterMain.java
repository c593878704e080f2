package org.junitnomos.k8s;

import java.nio.file.Path;
import java.util.List;
import org.junitnomos.deploy.session.Session;
import org.junitnomos.testkit.ClusterRun;

/**
 * Test code that runs in a pod, with nothing but what the pod gives it: two nodes, two blocks on each, one restart, and
 * then nothing any more. It tells of each step, and ends with 0 only if all of it is so.
 */
final class InClusterMain {
    private static final int NODES = 2;

    private InClusterMain() {}

    public static void main(String[] arguments) throws Exception {
        var deployer = new KubernetesDeployer();
        var requirement = deployer.requirement();
        if (!requirement.isMet()) {
            System.out.println("missing " + requirement);
            System.exit(3);
        }
        try (var run = new ClusterRun(Path.of(arguments[0]))) {
            run.timeline.call(() -> {
                try (var deployed = run.deploy(deployer, NODES, TestCluster.READINESS)) {
                    System.out.println("session " + Session.ofThisJvm().id());
                    for (var node : deployed.nodes()) {
                        run.await(
                                node.name() + " has blocks",
                                () -> node.client().cryptarchiaInfo().height() >= 2);
                        System.out.println("blocks on " + node.name() + " at "
                                + node.client().endpoint().api());
                    }
                    deployed.control().restart("validator-1");
                    System.out.println("restarted");
                }
                return null;
            });
        }
        Session.ofThisJvm().endIfUnused();
        System.out.println("closed");
        System.exit(0);
    }

    /** Arguments that name where it may write. */
    static List<String> command(String directory) {
        return List.of(InClusterMain.class.getName(), directory);
    }
}
