package org.junitnomos.journal;

import org.apiguardian.api.API;

/** How a run or one expectation ended. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum Verdict {
    /** Held. */
    PASSED,
    /** Did not hold. */
    FAILED,
    /** Could not be judged: a fault was never in force, the feed was blind, too few slots. */
    INCONCLUSIVE,
    /** Deploy or harness trouble: says nothing about the cluster. */
    INFRASTRUCTURE
}
