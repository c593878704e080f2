package org.junitnomos.samples;

import org.junitnomos.jupiter.DataAvailability;
import org.junitnomos.jupiter.ExpectHealthy;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.ScenarioTest;
import org.junitnomos.jupiter.Topology;
import org.junitnomos.jupiter.Transactions;
import org.junitnomos.jupiter.Wallets;

/** Three validators, two executors, transactions and blobs. */
// tag::data-availability[]
@Topology(validators = 3, executors = 2)
@Wallets(50)
@Transactions(rate = 5) // 5 transactions per block
@DataAvailability(blobRate = 2) // 2 blobs per block
@RunFor("5m")
@ExpectHealthy
class DataAvailabilityScenario {

    @ScenarioTest
    void everyBlobCanBeHad() {}
}
// end::data-availability[]
