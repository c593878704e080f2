package org.junitnomos.deploy;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Whether a backend can run on this machine.
 *
 * @param missing what is missing and how to get it; null if nothing is
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Requirement(@Nullable String missing) {
    /** Says that nothing is missing. */
    public static Requirement met() {
        return new Requirement(null);
    }

    /**
     * Says what is missing.
     *
     * @param what what is missing and how to get it, one sentence
     * @return an unmet requirement
     */
    public static Requirement missing(String what) {
        return new Requirement(what);
    }

    /** Says whether nothing is missing. */
    public boolean isMet() {
        return missing == null;
    }
}
