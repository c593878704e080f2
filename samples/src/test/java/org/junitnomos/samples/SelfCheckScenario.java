package org.junitnomos.samples;

import org.junitnomos.jupiter.ExpectConsensusLiveness;
import org.junitnomos.jupiter.ExpectInclusion;
import org.junitnomos.jupiter.ExpectSafety;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.ScenarioTest;
import org.junitnomos.jupiter.SelfCheck;
import org.junitnomos.jupiter.Topology;
import org.junitnomos.jupiter.Transactions;
import org.junitnomos.jupiter.Wallets;
import org.junitnomos.topology.NetworkLayout;

/** Would these expectations notice a node that stops, lies, or drops transactions? */
// tag::self-check[]
@Topology(validators = 3, layout = NetworkLayout.FULL)
@Wallets(20)
@Transactions(rate = 3)
@RunFor("2m")
@ExpectConsensusLiveness
@ExpectSafety
@ExpectInclusion
@SelfCheck(defects = {"chain-stops", "cached-tip", "mints", "swallows-transactions"}) // all, if none is named
class SelfCheckScenario {

    @ScenarioTest
    void runs() {}
}
// end::self-check[]
