package org.junitnomos.deploy;

import java.nio.file.Path;
import java.util.Optional;
import org.apiguardian.api.API;
import org.junitnomos.client.NodeClient;
import org.junitnomos.topology.NodeSpec;

/** Gives access to one node of a cluster. Thread-safe. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface NodeHandle {
    /**
     * Returns what the node was deployed as.
     *
     * @return name, role and index
     */
    NodeSpec spec();

    /**
     * Returns the name.
     *
     * @return for example {@code "validator-0"}
     */
    default String name() {
        return spec().name();
    }

    /**
     * Returns the client of the node's HTTP API; stays valid across restarts.
     *
     * @return the client
     */
    NodeClient client();

    /**
     * Says whether the node is running as far as the backend knows.
     *
     * @return false after it was stopped or ended; true while it is paused
     */
    boolean isRunning();

    /**
     * Says whether the node is paused: running, but halted, so that nothing answers.
     *
     * @return true from a pause until it goes on or ends
     */
    default boolean isPaused() {
        return false;
    }

    /**
     * Returns where the node's log is written.
     *
     * @return the log file; empty if the backend keeps none
     */
    Optional<Path> log();
}
