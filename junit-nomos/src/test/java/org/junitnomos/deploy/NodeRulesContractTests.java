package org.junitnomos.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junitnomos.devnode.TestGenesis;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.topology.ConsensusParameters;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.NodeRule;
import org.junitnomos.topology.TopologySpec;

/** Nodes obey the rules that end a chain, and those that are asked not to do not; one subclass a backend. */
public abstract class NodeRulesContractTests extends BackendContract {
    private static final long EPOCH_SLOTS = 10;

    protected NodeRulesContractTests(Backend backend) {
        super(backend);
    }

    /** One node, and epochs of ten slots. */
    private static TopologySpec alone(NodeRule... without) {
        var topology = topology(1, 0, NetworkLayout.STAR);
        return new TopologySpec(
                1,
                0,
                topology.layout(),
                new ConsensusParameters(SLOT, new BigDecimal("0.9"), 1, Set.of(without)),
                topology.wallets(),
                topology.links(),
                Map.of());
    }

    private static SignedMantleTx of65000Bytes() {
        return new TestGenesis(1, 1).inscribe(0, 65_000);
    }

    private void awaitThreeEpochs() throws Exception {
        long begin = timeline.nanos();
        await("three epochs have passed", () -> timeline.nanos() - begin >= 3 * EPOCH_SLOTS * SLOT.toNanos());
    }

    private void awaitInLog(Cluster cluster, NodeRule rule, int times) throws Exception {
        await("the log says " + times + " times: " + rule.logText(), () -> times(cluster, rule) >= times);
    }

    private static long times(Cluster cluster, NodeRule rule) throws IOException {
        return log(cluster, "validator-0")
                .lines()
                .filter(line -> line.contains(rule.logText()))
                .count();
    }

    @Test
    void oneTransactionThatNoBlockHasRoomForStopsTheChain() throws Exception {
        deployed(topology(1, 0, NetworkLayout.STAR), cluster -> {
            awaitHeight(cluster, 3, "validator-0");

            cluster.node("validator-0").client().submit(of65000Bytes());
            awaitInLog(cluster, NodeRule.BLOCK_SIZE, 1);
            long height = height(cluster, "validator-0");
            awaitInLog(cluster, NodeRule.BLOCK_SIZE, 5);

            assertThat(height(cluster, "validator-0")).isEqualTo(height);
        });
    }

    @Test
    void twoSilentEpochsEndTheChain() throws Exception {
        deployed(alone(), cluster -> {
            cluster.control().stop("validator-0");
            awaitThreeEpochs();

            cluster.control().start("validator-0");

            awaitInLog(cluster, NodeRule.SILENT_EPOCHS, 5);
        });
    }

    @Test
    void nodesWithoutTheseRulesGoOn() throws Exception {
        deployed(alone(NodeRule.values()), cluster -> {
            awaitHeight(cluster, 3, "validator-0");
            cluster.node("validator-0").client().submit(of65000Bytes());
            awaitHeight(cluster, height(cluster, "validator-0") + 3, "validator-0");
            long before = height(cluster, "validator-0");
            cluster.control().stop("validator-0");
            awaitThreeEpochs();

            cluster.control().start("validator-0");

            awaitHeight(cluster, before + 3, "validator-0");
        });
    }
}
