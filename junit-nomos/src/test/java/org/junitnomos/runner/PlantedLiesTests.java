package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.runner.EmbeddedRuns.journal;
import static org.junitnomos.runner.EmbeddedRuns.only;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junitnomos.devnode.DevNode;
import org.junitnomos.devnode.NodeCoreFactory;
import org.junitnomos.devnode.planted.LyingNode;
import org.junitnomos.devnode.planted.LyingNode.Lie;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.journal.NodeTimeline;
import org.junitnomos.journal.NodeTimeline.ContradictionSpan;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.workload.TransactionWorkload;

/** A node that answers what is not so is in the journal by name, with what it said and what is so. */
class PlantedLiesTests {
    private static final long FROM = Duration.ofSeconds(20).toNanos();

    @TempDir
    Path directory;

    private RunResult run(NodeCoreFactory nodes) {
        var scenario = Scenario.builder()
                .name("planted lies")
                .validators(3)
                .executors(1)
                .layout(NetworkLayout.FULL)
                .wallets(10)
                .workload(new TransactionWorkload(3, 10))
                .runFor(Duration.ofMinutes(2))
                .build();
        var result = new EmbeddedRuns(directory).run(scenario, nodes);
        assertThat(result.infrastructureFailure()).isNull();
        return result;
    }

    private NodeTimeline nodes(RunResult result) {
        return NodeTimeline.of(journal(result));
    }

    @Test
    void honestNodesContradictNothing() {
        var nodes = nodes(run(DevNode::new));

        assertThat(nodes.nodes())
                .hasSize(4)
                .allSatisfy(
                        node -> assertThat(nodes.node(node).contradictions()).isEmpty());
    }

    /** The feed reads validator-0 first, so it takes its blocks from there; executor-0 is read last. */
    @ParameterizedTest
    @CsvSource({
        "validator-0, DROPS_A_TRANSACTION, transactions of a block",
        "validator-0, ALTERS_A_TRANSACTION, transactions of a block",
        "validator-0, REORDERS_TRANSACTIONS, transactions of a block",
        "validator-0, OTHER_SLOT_IN_HEADER, header of a block",
        "validator-0, HEIGHT_BY_ONE, height of the tip",
        "validator-0, SLOT_BY_ONE, slot of the tip",
        "validator-0, CACHED_TIP, headers from the tip",
        "validator-0, LIB_OF_NO_CHAIN, last irreversible block",
        "validator-0, HEADERS_OF_OTHER_CHAIN, headers from the tip",
        "validator-0, OTHER_LEDGER_PROOF, proofs of a transaction",
        "executor-0, DROPS_A_TRANSACTION, transactions of a block",
        "executor-0, ALTERS_A_TRANSACTION, transactions of a block",
        "executor-0, REORDERS_TRANSACTIONS, transactions of a block",
        "executor-0, OTHER_SLOT_IN_HEADER, header of a block",
        "executor-0, HEIGHT_BY_ONE, height of the tip",
        "executor-0, SLOT_BY_ONE, slot of the tip",
        "executor-0, CACHED_TIP, headers from the tip",
        "executor-0, LIB_OF_NO_CHAIN, last irreversible block",
        "executor-0, HEADERS_OF_OTHER_CHAIN, headers from the tip",
        "executor-0, FORGETS_BLOCKS, a block of its chain"
    })
    void aLieIsNamed(String liar, Lie lie, String about) {
        var result = run(only(liar, new LyingNode(lie, FROM)));
        var nodes = nodes(result);

        assertThat(nodes.node(liar).contradictions())
                .as("contradictions of " + liar)
                .extracting(ContradictionSpan::about)
                .contains(about);
        assertThat(nodes.node(liar).contradictions().get(0).from()).isBetween(FROM, FROM + FROM);
        assertThat(nodes.nodes())
                .filteredOn(node -> !node.equals(liar))
                .allSatisfy(
                        node -> assertThat(nodes.node(node).contradictions()).isEmpty());
        // What one node says that is not so does not keep the feed from the blocks of the others.
        assertThat(journal(result)).filteredOn(BlockObserved.class::isInstance).hasSizeGreaterThan(30);
    }
}
