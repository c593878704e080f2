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
     * {@return the role in lower case, as it stands in node names, logs and reports, for example {@code "validator"}}
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
