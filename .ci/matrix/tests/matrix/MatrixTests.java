package matrix;

import org.junitnomos.jupiter.ExpectConsensusLiveness;
import org.junitnomos.jupiter.ExpectInclusion;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.ScenarioTest;
import org.junitnomos.jupiter.Topology;
import org.junitnomos.jupiter.Transactions;
import org.junitnomos.jupiter.Wallets;

/** A run in virtual time, with load, judges, journal and report. */
@Topology(validators = 2)
@Wallets(10)
@Transactions(rate = 2)
@RunFor("1m")
@ExpectConsensusLiveness
@ExpectInclusion
class MatrixTests {
    @ScenarioTest
    void passesBesideTheLibrariesOfOthers() {}
}
