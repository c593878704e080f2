package org.junitnomos.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.NodeRole;

/** What every backend has to do about logs, about nodes that die, and at the end; one subclass a backend. */
public abstract class CleanupContractTests extends BackendContract {
    protected CleanupContractTests(Backend backend) {
        super(backend);
    }

    @Test
    void writesALogForEachNode() throws Exception {
        deployed(
                topology(2, 0, NetworkLayout.STAR),
                cluster -> assertThat(cluster.nodes())
                        .allSatisfy(node -> assertThat(node.log().orElseThrow()).isNotEmptyFile()));
    }

    @Test
    void stopsEverythingWhenClosed() throws Exception {
        var nodes = new ArrayList<NodeHandle>();
        var closed = new ArrayList<Deployment>();
        deployed(topology(2, 0, NetworkLayout.STAR), cluster -> {
            nodes.addAll(cluster.nodes());
            closed.add(cluster);
        });

        assertThat(nodes).noneMatch(NodeHandle::isRunning).noneMatch(NodeHandle::isPaused);
        assertThat(states).contains("validator-0 STOPPED", "validator-1 STOPPED");
        timeline.call(() -> {
            closed.get(0).close();
            return null;
        });
    }

    @Test
    void keepsOneLogOfANodeAcrossRestarts() throws Exception {
        deployed(2, cluster -> {
            var log = cluster.node("validator-1").log().orElseThrow();
            String before = Files.readString(log);
            cluster.control().restart("validator-1");

            assertThat(cluster.node("validator-1").log()).contains(log);
            String after = Files.readString(log);
            assertThat(after).startsWith(before).hasSizeGreaterThan(before.length());
            if (backend.runsDevNodes()) {
                assertThat(after.lines().filter(line -> line.contains("Started with 1 peers")))
                        .hasSize(2);
            }
        });
    }

    @Test
    void keepsTheLogOfANodeThatWasRemoved() throws Exception {
        requires(Capability.MEMBERSHIP);
        deployed(2, cluster -> {
            var log = cluster.node("validator-1").log().orElseThrow();

            cluster.control().remove("validator-1");

            assertThat(log).isNotEmptyFile();
        });
    }

    @Test
    void reportsANodeThatDiesAsUnintendedAndStartsItAgain() throws Exception {
        deployed(topology(2, 2, NetworkLayout.FULL), cluster -> {
            var node = cluster.node("executor-1"); // no test that runs at the same time has one
            awaitHeight(cluster, 3, "executor-1");

            backend.killFromOutside(node);
            await("the death is reported", () -> statesOf("executor-1").contains("DEAD unintended"));

            assertThat(node.isRunning()).isFalse();
            assertThatThrownBy(() -> node.client().cryptarchiaInfo()).isInstanceOf(NodeApiException.class);
            cluster.control().start("executor-1");
            awaitCaughtUp(cluster, "executor-1", "validator-0");
            assertThat(statesOf("executor-1"))
                    .containsExactly(
                            "SPAWNED",
                            "PORT_OPEN",
                            "API_READY",
                            "READY",
                            "DEAD unintended",
                            "SPAWNED",
                            "PORT_OPEN",
                            "API_READY",
                            "READY");
        });
    }

    @Test
    void reportsNoEndThatWasAskedForAsUnintended() throws Exception {
        requires(Capability.MEMBERSHIP);
        deployed(3, cluster -> {
            var control = cluster.control();
            control.kill("validator-1");
            control.start("validator-1");
            control.stop("validator-2");
            control.restart("validator-1");
            control.remove("validator-2");
        });

        assertThat(states).noneMatch(state -> state.endsWith("unintended"));
    }

    @Test
    void endsPausedAddedAndStoppedNodesWhenClosed() throws Exception {
        requires(Capability.MEMBERSHIP);
        var nodes = new ArrayList<NodeHandle>();
        deployed(3, cluster -> {
            cluster.control().add(NodeRole.VALIDATOR);
            cluster.control().pause("validator-1");
            cluster.control().stop("validator-2");
            nodes.addAll(cluster.nodes());
        });

        assertThat(nodes).hasSize(4).noneMatch(NodeHandle::isRunning).noneMatch(NodeHandle::isPaused);
        for (var node : List.of("validator-0", "validator-1", "validator-2", "validator-3")) {
            assertThat(statesOf(node)).endsWith("STOPPED");
        }
        assertThat(states).noneMatch(state -> state.endsWith("unintended"));
    }
}
