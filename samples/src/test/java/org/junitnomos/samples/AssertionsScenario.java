package org.junitnomos.samples;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.assertions.NomosAssertions.assertThat;
import static org.junitnomos.assertions.RunAwait.await;

import java.util.List;
import org.junitnomos.assertions.NomosSoftAssertions;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.deploy.Wallet;
import org.junitnomos.journal.TransactionLedger;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.ScenarioTest;
import org.junitnomos.jupiter.Topology;
import org.junitnomos.jupiter.Wallets;
import org.junitnomos.mantle.LedgerTx;
import org.junitnomos.mantle.MantleTx;
import org.junitnomos.mantle.Note;
import org.junitnomos.scenario.RunContext;

/** Asserts in the words of a cluster, and waits on the clock of the run. */
@Topology(validators = 3)
@Wallets(20)
@RunFor("3m")
class AssertionsScenario {

    // tag::cluster[]
    @ScenarioTest
    void aRestartedNodeComesBack(RunContext run, Cluster cluster) throws InterruptedException {
        var node = cluster.node("validator-1");
        await(run).atMost(ofMinutes(1)).untilAsserted(() -> assertThat(node).hasHeightAtLeast(5));

        run.control().restart("validator-1");

        await(run)
                .atMost(ofMinutes(1))
                .untilAsserted(
                        () -> assertThat(cluster).isReady().hasConverged().hasHeightAtLeast(8));
        assertThat(cluster.node("validator-2")).as("a node that stayed").hasReorgsOfAtMost(5);
    }
    // end::cluster[]

    // tag::transactions[]
    @ScenarioTest
    void aPaymentArrives(RunContext run) throws InterruptedException {
        var wallets = run.cluster().genesis().wallets();
        Wallet alice = wallets.get(0);
        Wallet bob = wallets.get(1);

        var payment = run.submit(run.sign(allOf(alice, bob), alice));

        assertThat(payment).isAccepted();
        await(run).untilAsserted(() -> assertThat(payment).isIncludedWithin(10));
        assertThat(run).hasBalance(alice, 0).hasBalance(bob, alice.value() + bob.value());
        assertThat(run.transactions()).areAllIncludedWithin(10);
        assertThat(run.transactions().fates())
                .extracting(TransactionLedger.Fate::rejections)
                .containsOnly(0);
    }
    // end::transactions[]

    private static MantleTx allOf(Wallet from, Wallet to) {
        var output = new Note(from.value(), to.owner());
        return MantleTx.of(List.of(), new LedgerTx(List.of(from.genesisNote()), List.of(output)));
    }

    // tag::await[]
    @ScenarioTest
    void theChainGrows(RunContext run) throws InterruptedException {
        long height = await(run)
                .atMost(ofMinutes(1))
                .as("the chain has three blocks")
                .until(() -> run.feed().height(), seen -> seen >= 3);

        assertThat(height).isGreaterThanOrEqualTo(3);
    }
    // end::await[]

    // tag::soft[]
    @ScenarioTest
    void everythingAtOnce(RunContext run) throws InterruptedException {
        run.clock().awaitBlocks(3, ofMinutes(1));

        NomosSoftAssertions.assertSoftly(softly -> {
            softly.assertThat(run.cluster()).hasConverged();
            softly.assertThat(run.cluster().node("validator-0")).hasPeersAtLeast(1);
            softly.assertThat(run.feed()).hasHeightAtLeast(3);
            softly.assertThat(run.seed()).isNotZero();
        });
    }
    // end::soft[]
}
