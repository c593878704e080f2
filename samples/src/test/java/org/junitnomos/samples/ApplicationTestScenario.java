package org.junitnomos.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.jupiter.ClusterScope;
import org.junitnomos.jupiter.ExpectInclusion;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.Topology;
import org.junitnomos.jupiter.Wallets;
import org.junitnomos.mantle.LedgerTx;
import org.junitnomos.mantle.MantleTx;
import org.junitnomos.mantle.Note;
import org.junitnomos.scenario.RunContext;

/** What an application team wants: a cluster for ordinary tests, shared by the methods of a class. */
// tag::application[]
@Topology(validators = 2, scope = ClusterScope.CLASS)
@Wallets(2)
@RunFor("10s")
class ApplicationTestScenario {

    @Test
    @ExpectInclusion
    void aTransferArrives(RunContext run, Cluster cluster) throws Exception {
        var alice = cluster.genesis().wallets().get(0);
        var bob = cluster.genesis().wallets().get(1);
        // tag::submit[]
        var gift = new LedgerTx(List.of(alice.genesisNote()), List.of(new Note(alice.value(), bob.owner())));
        var transfer = run.sign(MantleTx.of(List.of(), gift), alice);

        run.submit(transfer, "validator-1").awaitInBlock(Duration.ofMinutes(1));
        // end::submit[]

        assertThat(run.balanceOf(bob)).isEqualTo(alice.value() + bob.value());
        assertThat(run.balanceOf(alice)).isZero();
    }

    @Test
    void everyNodeKnowsItsPeers(Cluster cluster) {
        assertThat(cluster.nodes())
                .allSatisfy(
                        node -> assertThat(node.client().networkInfo().peers()).isEqualTo(1));
    }
}
// end::application[]
