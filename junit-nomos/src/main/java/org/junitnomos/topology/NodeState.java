package org.junitnomos.topology;

import org.apiguardian.api.API;

/** The states a node walks through as the harness sees it. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum NodeState {
    /** The node was started; nothing is known of it yet. */
    SPAWNED,
    /** Its HTTP port accepts connections. */
    PORT_OPEN,
    /** {@code GET /cryptarchia/info} answers 200. */
    API_READY,
    /** It is connected with the peers its layout asks for; the node is ready. */
    READY,
    /** It was stopped or killed on purpose. */
    STOPPED,
    /** It ended by itself. */
    DEAD,
    /** It runs, but told that a part of it died by itself: it may still answer, and may not do what it is for. */
    IMPAIRED,
    /** It was halted on purpose: it is there, but does nothing; {@link #READY} when it goes on. */
    PAUSED,
    /** It was taken out of the cluster on purpose, for good. */
    REMOVED
}
