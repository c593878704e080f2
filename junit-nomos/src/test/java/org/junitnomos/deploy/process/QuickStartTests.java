package org.junitnomos.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.client.NodeClient;
import org.junitnomos.deploy.NodeCommand;
import org.junitnomos.deploy.NodeLaunch;
import org.junitnomos.deploy.NodePorts;
import org.junitnomos.deploy.NodeSetup;
import org.junitnomos.deploy.program.ChildJvm;
import org.junitnomos.deploy.program.ProgramClasses;
import org.junitnomos.testkit.ClusterRun;
import org.junitnomos.time.RealTimeline;
import org.junitnomos.time.Task;

class QuickStartTests {
    @TempDir
    Path directory;

    private ChildJvm prepare() throws Exception {
        var found = ChildJvm.find();
        var classes = ProgramClasses.ofDevNode(QuickStartTests.class.getClassLoader());
        return new QuickStart(found.java(), classes, Optional.of(directory.resolve("cache"))).prepare();
    }

    /** Runs dev nodes on a certain JVM. */
    private record DevNodesOn(ChildJvm jvm, DevNodeCommand nodes) implements NodeCommand {
        @Override
        public String systemUnderTest() {
            return nodes.systemUnderTest();
        }

        @Override
        public NodeLaunch launch(NodeSetup setup) throws IOException {
            return nodes.launch(setup, jvm);
        }

        @Override
        public Optional<NodePorts> findPorts(NodeSetup setup, long pid) throws IOException {
            return nodes.findPorts(setup, pid);
        }
    }

    private void aNodeRunsOn(ChildJvm jvm) throws Exception {
        try (var run = new ClusterRun(directory);
                var cluster = run.deploy(new ProcessDeployer(new DevNodesOn(jvm, new DevNodeCommand())), 1)) {
            NodeClient client = cluster.node("validator-0").client();
            assertThat(client.networkInfo().peers()).isZero();
        }
    }

    @Test
    void makesJarAndArchiveOnceAndDoesWithoutABrokenOne() throws Exception {
        ChildJvm first = prepare();
        Path jar = Path.of(first.classPath());
        Path archive = jar.resolveSibling("dev-node.jsa");
        assertThat(first.archive()).containsExactly("-Xshare:auto", "-XX:SharedArchiveFile=" + archive);
        var made = Files.getLastModifiedTime(archive);
        assertThat(jar.getParent()).isDirectoryNotContaining("glob:**draft**");

        assertThat(prepare()).isEqualTo(first);
        assertThat(Files.getLastModifiedTime(archive)).isEqualTo(made);
        aNodeRunsOn(first);

        Files.delete(archive);
        Files.writeString(archive, "no archive at all");
        aNodeRunsOn(prepare());

        Files.writeString(jar, "");
        assertThat(prepare()).isEqualTo(first);
        assertThat(Files.size(jar)).isGreaterThan(1_000_000);
        aNodeRunsOn(first);
    }

    @Test
    void severalAtOnceMakeOne() throws Exception {
        try (var timeline = new RealTimeline()) {
            var results = new ChildJvm[3];
            var tasks = new ArrayList<Task>();
            for (int i = 0; i < results.length; i++) {
                int number = i;
                tasks.add(timeline.spawn("prepare-" + i, () -> results[number] = prepare()));
            }
            for (var task : tasks) {
                assertThat(task.join(Duration.ofMinutes(2))).isTrue();
            }

            assertThat(results).doesNotContainNull();
            assertThat(results[0].archive()).isNotEmpty();
            assertThat(results[1]).isEqualTo(results[0]);
            assertThat(results[2]).isEqualTo(results[0]);
        }
    }

    @Test
    void startsWithoutArchiveWhereNothingCanBeKept() throws Exception {
        var found = ChildJvm.find();
        var classes = ProgramClasses.ofDevNode(QuickStartTests.class.getClassLoader());

        var plain = new QuickStart(found.java(), classes, Optional.empty()).prepare();

        assertThat(plain).isEqualTo(found);
        aNodeRunsOn(plain);
    }
}
