package org.junitnomos.journal;

import org.apiguardian.api.API;

/** The six phases of a run, in their order. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum RunPhase {
    /** Annotations or builder become an immutable scenario; nothing is started. */
    BUILD,
    /** The backend provisions the nodes until each is ready; the block feed starts. */
    DEPLOY,
    /** Every expectation takes its baseline. */
    CAPTURE,
    /** Workloads, faults and the test body run for the run window. */
    DRIVE,
    /** Faults are healed, the cluster cools down, every expectation is evaluated. */
    EVALUATE,
    /** Everything is stopped and removed, always. */
    CLEANUP
}
