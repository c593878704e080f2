package org.junitnomos.deploy;

import java.util.Locale;
import org.apiguardian.api.API;

/** Something a backend may or may not be able to do. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum Capability {
    /** Run under the virtual clock. */
    VIRTUAL_TIME,
    /** Stop, start, restart and kill a node. */
    NODE_CONTROL,
    /** Pause a node and let it go on. */
    PAUSE,
    /** Add nodes to a running cluster and remove them. */
    MEMBERSHIP,
    /** Cut and heal links between nodes. */
    PARTITION,
    /** Set latency, jitter and loss of a link. */
    LINK_QUALITY,
    /** Limit how many bytes a link carries in a second. */
    BANDWIDTH,
    /** Set the clock of a node apart from the others. */
    CLOCK_SKEW,
    /** Withhold and corrupt shares of blobs. */
    SHARES,
    /** Let nodes not obey a {@link org.junitnomos.topology.NodeRule}. */
    KINDER_NODES,
    /** Give nodes a {@link org.junitnomos.defect.NodeDefect}, and take it from them. */
    DEFECTS,
    /** Lay over the configurations of nodes what a plan says. */
    OVERLAY,
    /** Start a node again with another program. */
    UPGRADE;

    /** {@return the capability as it stands in messages, lower case words, for example {@code "node control"}} */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /**
     * Says that a backend does not have the capability.
     *
     * @param backend name of the backend
     * @return the exception to throw; names backend and capability
     */
    public UnsupportedOperationException missing(String backend) {
        return missing(backend, "");
    }

    /**
     * Says that a backend does not have the capability, and why.
     *
     * @param backend name of the backend
     * @param why the reason, without a full stop; empty if there is none but that it is not there
     * @return the exception to throw; names backend and capability
     */
    @API(status = API.Status.INTERNAL, since = "0.1")
    public UnsupportedOperationException missing(String backend, String why) {
        return new UnsupportedOperationException("Backend '" + backend + "' does not have the capability '" + label()
                + "'" + (why.isEmpty() ? "" : ": " + why) + ". Leave the action out, or choose a backend that has it.");
    }
}
