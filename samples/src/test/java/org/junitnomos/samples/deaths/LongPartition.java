package org.junitnomos.samples.deaths;

import org.junitnomos.chaos.PartitionShape;
import org.junitnomos.jupiter.ExpectHeightConvergence;
import org.junitnomos.jupiter.ExpectRecovery;
import org.junitnomos.jupiter.Partition;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.ScenarioTest;
import org.junitnomos.jupiter.Topology;

/** A partition of more than k blocks: each side has final blocks of its own, which no node ever leaves. */
@Topology(validators = 4, slot = "1s", securityParameter = 3)
// tag::partition[]
@Partition(shape = PartitionShape.HALVES, at = "20s", duration = "60s")
// end::partition[]
@RunFor("3m")
@ExpectHeightConvergence
@ExpectRecovery
class LongPartition {

    @ScenarioTest
    void neverHeals() {}
}
