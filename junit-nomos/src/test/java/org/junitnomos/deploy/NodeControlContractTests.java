package org.junitnomos.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.deploy.NodeControl.Proof;
import org.junitnomos.time.Timeline;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.NodeRole;

/** What every backend of dev nodes has to do to control its nodes; one subclass a backend. */
public abstract class NodeControlContractTests extends BackendContract {
    private static final String[] STARTED = {"SPAWNED", "PORT_OPEN", "API_READY", "READY"};

    protected NodeControlContractTests(Backend backend) {
        super(backend);
    }

    /** Real nodes are seen to answer, and no more. */
    private String withTwoPeers() {
        String peers = ": height [0-9]+, and is connected with 2 of its 2 peers";
        return backend.runsDevNodes() ? peers : "(" + peers + ")?"; // real ones tell it where there are relays
    }

    private static void assertSilent(NodeHandle node) {
        assertThatThrownBy(() -> node.client().withTimeout(SLOT.multipliedBy(5)).cryptarchiaInfo())
                .isInstanceOfSatisfying(
                        NodeApiException.class, e -> assertThat(e.kind()).isEqualTo(NodeApiException.Kind.TIMEOUT));
    }

    private List<String> walked(String... more) {
        var all = new ArrayList<>(List.of(STARTED));
        all.addAll(List.of(more));
        return all;
    }

    @Test
    void stopsANodeAndTheOthersGoOn() throws Exception {
        deployed(3, cluster -> {
            var proof = cluster.control().stop("validator-1");

            assertThat(proof).isEqualTo(new Proof(List.of("validator-1"), "validator-1 refuses connections"));
            assertThatThrownBy(() -> cluster.node("validator-1").client().cryptarchiaInfo())
                    .isInstanceOf(NodeApiException.class);
            assertThat(cluster.node("validator-1").isRunning()).isFalse();
            assertThat(statesOf("validator-1")).isEqualTo(walked("STOPPED"));
            awaitHeight(cluster, height(cluster, "validator-0") + 3, "validator-0", "validator-2");
        });
    }

    @Test
    void startsAStoppedNodeWhichCatchesUp() throws Exception {
        deployed(3, cluster -> {
            cluster.control().stop("validator-1");
            awaitHeight(cluster, height(cluster, "validator-0") + 5, "validator-0");

            var proof = cluster.control().start("validator-1");

            assertThat(proof.targets()).containsExactly("validator-1");
            assertThat(proof.observed()).matches("validator-1 answers GET /cryptarchia/info" + withTwoPeers());
            awaitCaughtUp(cluster, "validator-1", "validator-0");
            assertThat(statesOf("validator-1"))
                    .isEqualTo(walked("STOPPED", "SPAWNED", "PORT_OPEN", "API_READY", "READY"));
        });
    }

    @Test
    void restartsANodeWithTheBlocksItHad() throws Exception {
        requires(Capability.PARTITION);
        deployed(3, cluster -> {
            awaitHeight(cluster, 4, "validator-2");
            var tip = tip(cluster, "validator-2");
            cluster.control().isolate("validator-2");

            var proof = cluster.control().restart("validator-2");

            assertThat(proof.observed())
                    .startsWith("validator-2 refuses connections; validator-2 answers GET /cryptarchia/info: height ")
                    .endsWith(", and is connected with 0 of its 2 peers");
            assertThat(knows(cluster, "validator-2", tip)).isTrue();
        });
    }

    @Test
    void killsANodeWhichKeepsItsBlocksAndComesBack() throws Exception {
        requires(Capability.PARTITION);
        deployed(3, cluster -> {
            awaitHeight(cluster, 4, "validator-2");
            var tip = tip(cluster, "validator-2");
            cluster.control().isolate("validator-2");

            var proof = cluster.control().kill("validator-2");

            assertThat(proof).isEqualTo(new Proof(List.of("validator-2"), "validator-2 refuses connections"));
            assertThat(cluster.node("validator-2").isRunning()).isFalse();
            assertThat(statesOf("validator-2")).isEqualTo(walked("STOPPED"));
            cluster.control().start("validator-2");
            assertThat(knows(cluster, "validator-2", tip)).isTrue();
            cluster.control().heal();
            awaitCaughtUp(cluster, "validator-2", "validator-0");
        });
    }

    @Test
    void pausesANodeWhichFallsSilentWhileTheOthersGoOn() throws Exception {
        deployed(3, cluster -> {
            var node = cluster.node("validator-1");

            var proof = cluster.control().pause("validator-1");

            assertThat(proof)
                    .isEqualTo(new Proof(
                            List.of("validator-1"), "validator-1 accepts connections but does not answer within 1 s"));
            assertThat(node.isRunning()).isTrue();
            assertThat(node.isPaused()).isTrue();
            assertThat(statesOf("validator-1")).isEqualTo(walked("PAUSED"));
            awaitHeight(cluster, height(cluster, "validator-0") + 3, "validator-0", "validator-2");
            assertSilent(node);
        });
    }

    @Test
    void resumesAPausedNodeWhichCatchesUp() throws Exception {
        deployed(3, cluster -> {
            cluster.control().pause("validator-1");
            awaitHeight(cluster, height(cluster, "validator-0") + 5, "validator-0");

            var proof = cluster.control().resume("validator-1");

            assertThat(proof.targets()).containsExactly("validator-1");
            assertThat(proof.observed()).matches("validator-1 answers GET /cryptarchia/info" + withTwoPeers());
            assertThat(cluster.node("validator-1").isPaused()).isFalse();
            assertThat(statesOf("validator-1")).isEqualTo(walked("PAUSED", "READY"));
            awaitCaughtUp(cluster, "validator-1", "validator-0");
        });
    }

    @Test
    void whatIsAskedOfAPausedNodeIsAnsweredWhenItGoesOn() throws Exception {
        deployed(2, cluster -> {
            var heights = new ArrayList<Long>();
            var client = cluster.node("validator-1").client().withTimeout(Duration.ofMinutes(1));
            cluster.control().pause("validator-1");
            var asking = timeline.spawn(
                    "asking", () -> heights.add(client.cryptarchiaInfo().height()));
            timeline.sleep(SLOT.multipliedBy(5));
            assertThat(heights).isEmpty();

            cluster.control().resume("validator-1");

            assertThat(asking.join(Timeline.FOREVER)).isTrue();
            assertThat(asking.failure()).isEmpty();
            assertThat(heights).hasSize(1);
        });
    }

    @Test
    void aPausedNodeCanBeRestartedOrKilled() throws Exception {
        deployed(2, cluster -> {
            var control = cluster.control();
            control.pause("validator-1");
            control.restart("validator-1");
            assertThat(cluster.node("validator-1").isPaused()).isFalse();

            control.pause("validator-1");
            control.kill("validator-1");
            assertThat(cluster.node("validator-1").isPaused()).isFalse();
            assertThat(cluster.node("validator-1").isRunning()).isFalse();
            control.start("validator-1");
            awaitCaughtUp(cluster, "validator-1", "validator-0");
        });
    }

    @Test
    void addsANodeWhichJoinsAndCatchesUp() throws Exception {
        requires(Capability.MEMBERSHIP);
        deployed(topology(2, 1, NetworkLayout.STAR), cluster -> {
            awaitHeight(cluster, 5, "validator-0");

            var proof = cluster.control().add(NodeRole.VALIDATOR);

            assertThat(proof.targets()).containsExactly("validator-2");
            assertThat(proof.observed())
                    .startsWith("validator-2 answers GET /cryptarchia/info: height ")
                    .endsWith(", and is connected with 3 of its 3 peers");
            assertThat(names(cluster)).containsExactly("validator-0", "validator-1", "executor-0", "validator-2");
            assertThat(cluster.node("validator-2").spec().role()).isEqualTo(NodeRole.VALIDATOR);
            assertThat(cluster.topology().size()).isEqualTo(3);
            assertThat(statesOf("validator-2")).isEqualTo(walked());
            if (backend.runsDevNodes()) {
                assertThat(peersUp(cluster, "validator-1")).containsExactly("validator-0", "validator-2");
                assertThat(peersUp(cluster, "validator-2"))
                        .containsExactlyInAnyOrder("validator-0", "validator-1", "executor-0");
            }
            awaitCaughtUp(cluster, "validator-2", "validator-1");
        });
    }

    @Test
    void anAddedNodeIsControlledLikeAllOthers() throws Exception {
        requires(Capability.MEMBERSHIP);
        requiresDevNodes("the names of their peers");
        deployed(2, cluster -> {
            var control = cluster.control();
            control.add(NodeRole.EXECUTOR);
            control.isolate("executor-0");
            assertThat(peersUp(cluster, "executor-0")).isEmpty();
            control.restart("executor-0");
            assertThat(peersUp(cluster, "executor-0")).isEmpty();
            control.heal();

            control.restart("validator-1");

            assertThat(peersUp(cluster, "validator-1")).containsExactlyInAnyOrder("validator-0", "executor-0");
            awaitCaughtUp(cluster, "executor-0", "validator-1");
        });
    }

    @Test
    void removesANodeForGood() throws Exception {
        requires(Capability.MEMBERSHIP);
        deployed(3, cluster -> {
            var node = cluster.node("validator-1");
            awaitHeight(cluster, 2, "validator-1");

            var proof = cluster.control().remove("validator-1");

            assertThat(proof)
                    .isEqualTo(new Proof(
                            List.of("validator-1"),
                            "validator-1 refuses connections"
                                    + (backend.runsDevNodes() ? ", and no node that answers has a link to it" : "")));
            assertThat(names(cluster)).containsExactly("validator-0", "validator-2");
            assertThat(node.isRunning()).isFalse();
            assertThat(statesOf("validator-1")).isEqualTo(walked("STOPPED", "REMOVED"));
            if (backend.runsDevNodes()) {
                assertThat(peersUp(cluster, "validator-0")).containsExactly("validator-2");
            }
            awaitHeight(cluster, height(cluster, "validator-0") + 3, "validator-0", "validator-2");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> cluster.control().start("validator-1"))
                    .withMessage("no node 'validator-1' in [validator-0, validator-2]");
        });
    }

    @Test
    void neverUsesANameTwice() throws Exception {
        requires(Capability.MEMBERSHIP);
        deployed(1, cluster -> {
            var control = cluster.control();
            assertThat(control.add(NodeRole.VALIDATOR).targets()).containsExactly("validator-1");
            control.remove("validator-1");

            assertThat(control.add(NodeRole.VALIDATOR).targets()).containsExactly("validator-2");
            assertThat(names(cluster)).containsExactly("validator-0", "validator-2");
        });
    }

    @Test
    void nodesThatWereAwayLearnWhoJoinedAndWhoLeft() throws Exception {
        requires(Capability.MEMBERSHIP);
        requiresDevNodes("the names of their peers");
        deployed(3, cluster -> {
            var control = cluster.control();
            control.stop("validator-2");
            control.pause("validator-0");

            control.add(NodeRole.VALIDATOR);
            control.remove("validator-1");
            control.resume("validator-0");
            control.start("validator-2");

            assertThat(peersUp(cluster, "validator-0")).containsExactlyInAnyOrder("validator-2", "validator-3");
            assertThat(peersUp(cluster, "validator-2")).containsExactlyInAnyOrder("validator-0", "validator-3");
            awaitCaughtUp(cluster, "validator-3", "validator-0");
        });
    }

    @Test
    void choosesNodesAndDoesTheSameToEach() throws Exception {
        deployed(topology(3, 1, NetworkLayout.FULL), cluster -> {
            var control = cluster.control();
            control.pause("validator-0");
            var stopped = control.each(NodeSelector.named("validator-1", "executor-0"), control::stop);

            assertThat(stopped)
                    .extracting(Proof::observed)
                    .containsExactly("validator-1 refuses connections", "executor-0 refuses connections");
            assertThat(control.select(NodeSelector.all()))
                    .containsExactly("validator-0", "validator-1", "validator-2", "executor-0");
            assertThat(control.select(NodeSelector.running())).containsExactly("validator-2");
            assertThat(control.select(NodeSelector.role(NodeRole.EXECUTOR))).containsExactly("executor-0");
            var half = NodeSelector.role(NodeRole.VALIDATOR);
            assertThat(control.select(half.fraction(0.5, new Random(7))))
                    .hasSize(2)
                    .isEqualTo(control.select(half.random(2, new Random(7))));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> control.select(NodeSelector.named("validator-9")))
                    .withMessage("no node 'validator-9' in [validator-0, validator-1, validator-2, executor-0]");
        });
    }

    @Test
    void refusesWhatCannotBeDone() throws Exception {
        deployed(1, cluster -> {
            var control = cluster.control();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> control.kill("validator-9"))
                    .withMessage("no node 'validator-9' in [validator-0]");
            assertThatIllegalStateException()
                    .isThrownBy(() -> control.start("validator-0"))
                    .withMessage("Node 'validator-0' cannot be started: it is running already.");
            assertThatIllegalStateException()
                    .isThrownBy(() -> control.resume("validator-0"))
                    .withMessage("Node 'validator-0' cannot be resumed: it is not paused.");
            assertThatIllegalStateException()
                    .isThrownBy(() -> control.remove("validator-0"))
                    .withMessage("Node 'validator-0' cannot be removed: it is the only one.");
            control.pause("validator-0");
            assertThatIllegalStateException()
                    .isThrownBy(() -> control.pause("validator-0"))
                    .withMessage("Node 'validator-0' cannot be paused: it is paused already.");
            control.stop("validator-0");
            assertThatIllegalStateException()
                    .isThrownBy(() -> control.stop("validator-0"))
                    .withMessage("Node 'validator-0' cannot be stopped: it is not running.");
            assertThatIllegalStateException()
                    .isThrownBy(() -> control.kill("validator-0"))
                    .withMessage("Node 'validator-0' cannot be killed: it is not running.");
            assertThatIllegalStateException()
                    .isThrownBy(() -> control.pause("validator-0"))
                    .withMessage("Node 'validator-0' cannot be paused: it is not running.");
            assertThatIllegalStateException()
                    .isThrownBy(() -> control.resume("validator-0"))
                    .withMessage("Node 'validator-0' cannot be resumed: it is not running.");
        });
    }
}
