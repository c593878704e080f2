package org.junitnomos.scenario;

import org.apiguardian.api.API;

/** What a workload does to a run, for expectations that a plan brings by itself: see {@link ExpectationGroup}. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum Effect {
    /** Submits transactions that are to get onto the chain. */
    TRANSACTIONS,
    /** Publishes blobs. */
    BLOBS,
    /** Submits transactions that must never get onto the chain. */
    HOSTILE_TRANSACTIONS,
    /** Takes nodes down, halts them, or adds others. */
    NODES_AWAY,
    /** Cuts links or makes them worse. */
    LINKS,
    /** Changes clocks. */
    CLOCKS,
    /** Lets nodes withhold or corrupt shares of blobs. */
    SHARES,
    /** Lets a node behave as no node should. */
    DEFECT
}
