package org.junitnomos.chaos;

import org.apiguardian.api.API;

/** How a node is taken down before it is started again. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum RestartMode {
    /** It is asked to stop, and may finish what it does. */
    STOP,
    /** It is killed as by {@code kill -9}, and keeps only what its store held durable. */
    KILL
}
