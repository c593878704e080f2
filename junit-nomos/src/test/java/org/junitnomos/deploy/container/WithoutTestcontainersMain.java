package org.junitnomos.deploy.container;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junitnomos.deploy.Deployers;
import org.junitnomos.testkit.ClusterRun;

/** Tells what can be done on a class path without Testcontainers. */
final class WithoutTestcontainersMain {

    private WithoutTestcontainersMain() {}

    public static void main(String[] arguments) throws Exception {
        var deployers = Deployers.load();
        System.out.println("backends " + deployers.names());
        var container = deployers.find("container");
        System.out.println("runs " + container.systemUnderTest() + " "
                + container.capabilities().size());
        System.out.println("missing " + container.requirement().missing());
        for (String backend : new String[] {"embedded", "process"}) {
            Path directory = Files.createDirectory(Path.of(arguments[0], backend));
            try (var run = new ClusterRun(directory);
                    var cluster = run.deploy(deployers.find(backend), 2)) {
                System.out.println(backend + " " + cluster.nodes().size());
            }
        }
    }
}
