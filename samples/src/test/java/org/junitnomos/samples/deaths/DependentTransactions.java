package org.junitnomos.samples.deaths;

import java.time.Duration;
import java.util.List;
import org.junitnomos.deploy.Genesis;
import org.junitnomos.jupiter.ExpectInclusion;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.ScenarioTest;
import org.junitnomos.jupiter.Topology;
import org.junitnomos.jupiter.Wallets;
import org.junitnomos.mantle.LedgerTx;
import org.junitnomos.mantle.MantleTx;
import org.junitnomos.mantle.Note;
import org.junitnomos.scenario.RunContext;

/** Transactions that spend what another one brings that is in no block yet: a block takes them by hash, once. */
@Topology(validators = 3, slot = "1s", securityParameter = 5)
@Wallets(1)
@RunFor("2m")
@ExpectInclusion(withinBlocks = 10)
class DependentTransactions {

    // tag::body[]
    @ScenarioTest
    void areLost(RunContext run, Genesis genesis) throws InterruptedException {
        run.clock().sleep(Duration.ofSeconds(10));
        var wallet = genesis.wallets().get(0);
        var note = wallet.genesisNote();
        for (int i = 0; i < 6; i++) {
            var ledger = new LedgerTx(List.of(note), List.of(new Note(wallet.value(), wallet.owner())));
            var transaction = run.sign(MantleTx.of(List.of(), ledger), wallet);
            run.submit(transaction);
            note = transaction.tx().noteIds().get(0);
        }
    }
    // end::body[]
}
