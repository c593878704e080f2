package org.junitnomos.deploy;

import java.time.Duration;
import org.junitnomos.time.Timeline;
import org.junitnomos.topology.TopologySpec;

/** A backend as its contract sees it; one for each test. */
public interface Backend {
    /** Return the deployer under test. */
    Deployer deployer();

    /** Create a timeline to deploy on; closed by the test. */
    Timeline createTimeline();

    /** Let a node die without the knowledge of its deployer, as if its machine did it. */
    void killFromOutside(NodeHandle node);

    /** Returns what nodes of the backend are to run instead of a topology for fast dev nodes. */
    default TopologySpec adapted(TopologySpec topology) {
        return topology;
    }

    /** Says whether nodes have what only dev nodes have: logs in their words, and a port that tells what they did. */
    default boolean runsDevNodes() {
        return true;
    }

    /** Returns more than two nodes need until they answer on a free machine, but are not connected yet. */
    default Duration untilNodesAnswer() {
        return Duration.ofSeconds(4);
    }
}
