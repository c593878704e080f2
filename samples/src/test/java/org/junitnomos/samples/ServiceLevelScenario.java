package org.junitnomos.samples;

import org.junitnomos.jupiter.ExpectApiErrors;
import org.junitnomos.jupiter.ExpectBlockRate;
import org.junitnomos.jupiter.ExpectFinalityLatency;
import org.junitnomos.jupiter.ExpectInclusionLatency;
import org.junitnomos.jupiter.ExpectLogBudget;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.ScenarioTest;
import org.junitnomos.jupiter.Topology;
import org.junitnomos.jupiter.Transactions;
import org.junitnomos.jupiter.Wallets;
import org.junitnomos.settings.LogLevel;

/** Levels of service that a cluster under load has to keep. */
// tag::levels[]
@Topology(validators = 3, slot = "1s", securityParameter = 5)
@Wallets(20)
@Transactions(rate = 2, users = 10)
@RunFor(value = "1m", cooldown = "20s")
@ExpectInclusionLatency(percentile = 50, within = "20s")
@ExpectInclusionLatency(percentile = 95, within = "1m")
@ExpectFinalityLatency(percentile = 50, within = "1m")
@ExpectApiErrors(atMost = 0.05)
@ExpectBlockRate(atLeast = 0.1)
@ExpectLogBudget(atMost = 3, level = LogLevel.ERROR)
class ServiceLevelScenario {

    @ScenarioTest
    void keepsItsLevels() {}
}
// end::levels[]
