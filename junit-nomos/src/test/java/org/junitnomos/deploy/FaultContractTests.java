package org.junitnomos.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junitnomos.defect.NodeDefect;
import org.junitnomos.deploy.NodeControl.Proof;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.NodeRole;

/** What every backend of dev nodes has to do about faults of links and clocks; one subclass a backend. */
public abstract class FaultContractTests extends BackendContract {
    private static final LinkSpec SLOW = new LinkSpec(Duration.ofMillis(40), Duration.ofMillis(10), 5);
    private static final LinkSpec SLOWER = new LinkSpec(Duration.ofMillis(60), Duration.ZERO, 0, 100_000);
    private static final Duration LONG = Duration.ofSeconds(20);

    protected FaultContractTests(Backend backend) {
        super(backend);
    }

    private static LinkSpec quality(Cluster cluster, String node, String peer) {
        return links(cluster, node).stream()
                .filter(link -> link.peer().equals(peer))
                .findFirst()
                .orElseThrow()
                .quality();
    }

    private static Duration skew(Cluster cluster, String node) {
        return answer(() -> cluster.node(node).client().devControl().clockSkew());
    }

    /** Wait for a new block at one node, and see that the other does not get it at once. */
    private void assertGoesSlowly(Cluster cluster, String from, String to) throws Exception {
        var news = new AtomicReference<HeaderId>();
        await(from + " has a block that " + to + " does not have", () -> {
            news.set(tip(cluster, from));
            return !knows(cluster, to, news.get());
        });
        timeline.sleep(SLOT.multipliedBy(3));
        assertThat(knows(cluster, to, news.get())).isFalse();
    }

    /** The height above which no block can have been on its way before now, whichever node is behind. */
    private static long highest(Cluster cluster) {
        return names(cluster).stream()
                .mapToLong(node -> height(cluster, node))
                .max()
                .orElseThrow();
    }

    @Test
    void partitionsTheClusterAndHealsIt() throws Exception {
        deployed(4, cluster -> {
            var proof = cluster.control()
                    .partition(List.of(List.of("validator-0", "validator-1"), List.of("validator-2", "validator-3")));
            assertThat(proof)
                    .isEqualTo(new Proof(
                            1,
                            List.of("validator-0", "validator-1", "validator-2", "validator-3"),
                            "4 links down at both ends: [validator-0 <-> validator-2, validator-0 <-> validator-3,"
                                    + " validator-1 <-> validator-2, validator-1 <-> validator-3]"));
            // Leaders of one slot make the same block, so both sides may have the same first ones.
            awaitHeight(cluster, highest(cluster) + 20, "validator-0", "validator-1", "validator-2", "validator-3");
            var one = tip(cluster, "validator-0");
            var other = tip(cluster, "validator-3");
            timeline.sleep(SLOT.multipliedBy(3));
            assertThat(knows(cluster, "validator-3", one)).isFalse();
            assertThat(knows(cluster, "validator-0", other)).isFalse();

            cluster.control().heal();

            await(
                    "one side has taken over the chain of the other",
                    () -> chain(cluster, "validator-0").contains(other)
                            || chain(cluster, "validator-3").contains(one));
            await("all share new blocks", () -> {
                var tip = tip(cluster, "validator-2");
                return names(cluster).stream().allMatch(node -> knows(cluster, node, tip));
            });
        });
    }

    @Test
    void aNodeRestartedInsideAPartitionStaysInside() throws Exception {
        deployed(3, cluster -> {
            cluster.control().isolate("validator-2");
            cluster.control().restart("validator-2");
            // Leaders of one slot make the same block, so both sides may have the same first ones.
            awaitHeight(cluster, highest(cluster) + 20, "validator-0");
            var tip = tip(cluster, "validator-0");
            timeline.sleep(SLOT.multipliedBy(5));

            assertThat(knows(cluster, "validator-2", tip)).isFalse();
            assertThat(cluster.node("validator-2").client().networkInfo().peers())
                    .isZero();
        });
    }

    @Test
    void cutsOneLinkAndHealsIt() throws Exception {
        deployed(3, cluster -> {
            var proof = cluster.control().cut("validator-2", "validator-0");

            assertThat(proof)
                    .isEqualTo(new Proof(
                            1,
                            List.of("validator-2", "validator-0"),
                            "1 link down at both ends: [validator-0 <-> validator-2]"));
            assertThat(peersUp(cluster, "validator-0")).containsExactly("validator-1");
            assertThat(peersUp(cluster, "validator-1")).containsExactly("validator-0", "validator-2");
            assertThat(peersUp(cluster, "validator-2")).containsExactly("validator-1");
            assertThat(cluster.control().heal(proof))
                    .isEqualTo(new Proof(
                            List.of("validator-2", "validator-0"),
                            "1 link connected at both ends: [validator-0 <-> validator-2]"));
            assertThat(peersUp(cluster, "validator-0")).containsExactly("validator-1", "validator-2");
        });
    }

    @Test
    void slowsALinkDown() throws Exception {
        deployed(2, cluster -> {
            var proof =
                    cluster.control().link("validator-1", "validator-0", new LinkSpec(LONG, Duration.ofMillis(1), 5));

            assertThat(proof.observed())
                    .isEqualTo("1 link with latency 20 s, jitter 1 ms, loss 5 per mille at both ends:"
                            + " [validator-0 <-> validator-1]");
            assertGoesSlowly(cluster, "validator-0", "validator-1");
            assertThat(cluster.control().heal(proof).observed())
                    .isEqualTo("1 link with latency 2 ms, jitter 1 ms, loss 0 per mille at both ends:"
                            + " [validator-0 <-> validator-1]");
            assertThat(quality(cluster, "validator-0", "validator-1")).isEqualTo(FAST);
        });
    }

    @Test
    void makesALinkNarrow() throws Exception {
        deployed(2, cluster -> {
            var narrow = FAST.withBandwidth(50);

            var proof = cluster.control().link("validator-0", "validator-1", narrow);

            assertThat(proof.observed())
                    .isEqualTo("1 link with latency 2 ms, jitter 1 ms, loss 0 per mille, bandwidth 50 bytes per second"
                            + " at both ends: [validator-0 <-> validator-1]");
            assertThat(quality(cluster, "validator-0", "validator-1")).isEqualTo(narrow);
            assertThat(quality(cluster, "validator-1", "validator-0")).isEqualTo(narrow);
            assertGoesSlowly(cluster, "validator-0", "validator-1");

            cluster.control().heal(proof);

            awaitCaughtUp(cluster, "validator-1", "validator-0");
        });
    }

    @Test
    void keepsTheQualityOfALinkAcrossARestart() throws Exception {
        deployed(2, cluster -> {
            cluster.control().link("validator-0", "validator-1", SLOWER);

            cluster.control().restart("validator-1");

            assertThat(quality(cluster, "validator-1", "validator-0")).isEqualTo(SLOWER);
        });
    }

    @Test
    void skewsAClockKeepsItAcrossARestartAndHealsIt() throws Exception {
        deployed(2, cluster -> {
            var ahead = SLOT.multipliedBy(2);

            var proof = cluster.control().skewClock("validator-1", ahead);

            assertThat(proof)
                    .isEqualTo(new Proof(1, List.of("validator-1"), "validator-1 reports a clock skew of 200 ms"));
            assertThat(skew(cluster, "validator-1")).isEqualTo(ahead);
            cluster.control().restart("validator-1");
            assertThat(skew(cluster, "validator-1")).isEqualTo(ahead);
            assertThat(cluster.control().heal(proof).observed()).isEqualTo("validator-1 reports a clock skew of 0 s");
            assertThat(skew(cluster, "validator-1")).isZero();
        });
    }

    @Test
    void givesANodeADefectKeepsItAcrossARestartAndTakesItAway() throws Exception {
        deployed(2, cluster -> {
            var control = cluster.control();
            var client = cluster.node("validator-1").client();
            var proof = control.giveDefect("validator-1", NodeDefect.SEES_NO_PEERS);
            assertThat(proof.observed()).isEqualTo("validator-1 reports the defect sees-no-peers");
            assertThat(client.networkInfo().peers()).isZero();

            control.restart("validator-1");
            assertThat(client.devControl().defects()).containsExactly(NodeDefect.SEES_NO_PEERS);

            assertThat(control.heal(proof).observed()).isEqualTo("validator-1 reports no defect");
            assertThat(client.networkInfo().peers()).isEqualTo(1);
        });
    }

    @Test
    void aLinkStaysDownWhileAnyFaultCutsIt() throws Exception {
        deployed(4, cluster -> {
            var control = cluster.control();
            var halves = control.partition(
                    List.of(List.of("validator-0", "validator-1"), List.of("validator-2", "validator-3")));
            var alone = control.isolate("validator-0");
            assertThat(alone.fault()).isEqualTo(2);

            assertThat(control.heal(halves).observed())
                    .isEqualTo("2 links connected at both ends: [validator-1 <-> validator-2, validator-1 <->"
                            + " validator-3]; 2 links kept down by another fault at both ends: [validator-0 <->"
                            + " validator-2, validator-0 <-> validator-3]");
            assertThat(peersUp(cluster, "validator-0")).isEmpty();
            assertThat(peersUp(cluster, "validator-3")).containsExactly("validator-1", "validator-2");
            control.heal(alone);
            assertThat(peersUp(cluster, "validator-0")).containsExactly("validator-1", "validator-2", "validator-3");
        });
    }

    @Test
    void theLatestQualityAndTheLatestSkewCount() throws Exception {
        deployed(2, cluster -> {
            var control = cluster.control();
            var first = control.link("validator-0", "validator-1", SLOW);
            var second = control.link("validator-1", "validator-0", SLOWER);
            var early = control.skewClock("validator-1", SLOT);
            var late = control.skewClock("validator-1", SLOT.negated());

            control.heal(first);
            control.heal(late);
            assertThat(quality(cluster, "validator-1", "validator-0")).isEqualTo(SLOWER);
            assertThat(skew(cluster, "validator-1")).isEqualTo(SLOT);
            control.heal(second);
            control.heal(early);
            assertThat(quality(cluster, "validator-1", "validator-0")).isEqualTo(FAST);
            assertThat(skew(cluster, "validator-1")).isZero();
        });
    }

    @Test
    void healsEverythingAtOnce() throws Exception {
        deployed(3, cluster -> {
            var control = cluster.control();
            var alone = control.isolate("validator-1");
            control.isolate("validator-1");
            control.link("validator-0", "validator-2", SLOW);
            control.skewClock("validator-0", Duration.ofSeconds(5));

            assertThat(control.heal())
                    .isEqualTo(new Proof(
                            List.of("validator-0", "validator-1", "validator-2"),
                            "3 links connected with their original quality at both ends: [validator-0 <-> validator-1,"
                                    + " validator-0 <-> validator-2, validator-1 <-> validator-2]; every clock is as"
                                    + " deployed"));
            assertThat(peersUp(cluster, "validator-1")).containsExactly("validator-0", "validator-2");
            assertThat(quality(cluster, "validator-0", "validator-2")).isEqualTo(FAST);
            assertThat(skew(cluster, "validator-0")).isZero();
            assertThat(control.heal(alone).observed())
                    .isEqualTo("2 links connected at both ends: [validator-0 <-> validator-1, validator-1 <->"
                            + " validator-2]");
        });
    }

    @Test
    void aNodeThatJoinsAPartitionedClusterIsOnTheSideOfTheRest() throws Exception {
        deployed(3, cluster -> {
            cluster.control().partition(List.of(List.of("validator-0")));

            var proof = cluster.control().add(NodeRole.VALIDATOR);

            assertThat(proof.observed()).endsWith(", and is connected with 2 of its 3 peers");
            assertThat(peersUp(cluster, "validator-3")).containsExactlyInAnyOrder("validator-1", "validator-2");
            assertThat(peersUp(cluster, "validator-0")).isEmpty();
        });
    }

    @Test
    void nodesThatDoNotAnswerFollowWhenTheyAreBack() throws Exception {
        deployed(3, cluster -> {
            var control = cluster.control();
            control.stop("validator-1");
            control.pause("validator-2");

            assertThat(control.isolate("validator-2").observed())
                    .isEqualTo("2 links down at every running end: [validator-0 <-> validator-2, validator-1 <->"
                            + " validator-2]; stopped, follow at their start: [validator-1]; paused, follow when they"
                            + " go on: [validator-2]");
            assertThat(control.skewClock("validator-2", SLOT).observed())
                    .isEqualTo("validator-2 is paused and will go on with a clock skew of 100 ms");
            control.start("validator-1");
            control.resume("validator-2");

            assertThat(peersUp(cluster, "validator-1")).containsExactly("validator-0");
            assertThat(peersUp(cluster, "validator-2")).isEmpty();
            assertThat(skew(cluster, "validator-2")).isEqualTo(SLOT);
        });
    }

    @Test
    void refusesFaultsThatMakeNoSense() throws Exception {
        deployed(topology(3, 0, NetworkLayout.STAR), cluster -> {
            var control = cluster.control();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> control.cut("validator-1", "validator-2"))
                    .withMessage("Nodes 'validator-1' and 'validator-2' have no link in layout STAR; 'validator-1' is"
                            + " linked with [validator-0].");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> control.partition(List.of(names(cluster))))
                    .withMessage("A partition needs at least two groups of nodes, none of them empty, but was"
                            + " [[validator-0, validator-1, validator-2]] of [validator-0, validator-1, validator-2]");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> control.skewClock("validator-9", SLOT))
                    .withMessage("no node 'validator-9' in [validator-0, validator-1, validator-2]");
            var stop = control.stop("validator-2");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> control.heal(stop))
                    .withMessage("There is nothing to heal: the proof is of no fault of links or clocks.");
        });
    }
}
