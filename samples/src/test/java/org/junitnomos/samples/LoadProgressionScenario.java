package org.junitnomos.samples;

import org.junitnomos.jupiter.ExpectInclusion;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.ScenarioTest;
import org.junitnomos.jupiter.Topology;
import org.junitnomos.jupiter.Transactions;
import org.junitnomos.jupiter.Wallets;

/** One cluster shape under rising load: each method is a run of its own and changes the load only. */
// tag::load-progression[]
@Topology(validators = 3)
@Wallets(40)
@RunFor("2m")
@ExpectInclusion(withinBlocks = 10)
class LoadProgressionScenario {

    @ScenarioTest
    @Transactions(rate = 1)
    void oneTransactionPerBlock() {}

    @ScenarioTest
    @Transactions(rate = 10)
    void tenTransactionsPerBlock() {}

    @ScenarioTest
    @Transactions(rate = 40)
    void fortyTransactionsPerBlock() {}
}
// end::load-progression[]
