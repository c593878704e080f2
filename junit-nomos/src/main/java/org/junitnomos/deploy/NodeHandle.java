package org.junitnomos.deploy;

import java.nio.file.Path;
import java.util.Optional;
import org.apiguardian.api.API;
import org.junitnomos.client.NodeClient;
import org.junitnomos.topology.NodeSpec;

/** Give access to one node of a cluster. Thread-safe. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface NodeHandle {
    /**
     * Return what the node was deployed as.
     *
     * @return name, role and index
     */
    NodeSpec spec();

    /**
     * Return the name.
     *
     * @return for example {@code "validator-0"}
     */
    default String name() {
        return spec().name();
    }

    /**
     * Return the client of the node's HTTP API; stays valid across restarts.
     *
     * @return the client
     */
    NodeClient client();

    /**
     * Say whether the node is running as far as the backend knows.
     *
     * @return false after it was stopped or ended; true while it is paused
     */
    boolean isRunning();

    /**
     * Say whether the node is paused: running, but halted, so that nothing answers.
     *
     * @return true from a pause until it goes on or ends
     */
    default boolean isPaused() {
        return false;
    }

    /**
     * Return where the node's log is written.
     *
     * @return the log file; empty if the backend keeps none
     */
    Optional<Path> log();
}
