package org.junitnomos.topology;

import java.util.Locale;
import org.apiguardian.api.API;

/** The part a node plays in the cluster. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum NodeRole {
    /** Produces blocks; called {@code validator-0}, {@code validator-1}, … */
    VALIDATOR,
    /** A validator that also disperses data-availability blobs; called {@code executor-0}, {@code executor-1}, … */
    EXECUTOR;

    /**
     * Returns the role as it stands in node names, logs and reports.
     *
     * @return the lower-case name, for example {@code "validator"}
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
