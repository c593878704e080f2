package org.junitnomos.devnode.da;

import org.apiguardian.api.API;

/** Hears the outcome of something that takes a while. */
@API(status = API.Status.INTERNAL, since = "0.1")
@FunctionalInterface
public interface Completion {
    /**
     * Takes the outcome; called once.
     *
     * @param success whether it went well
     * @param now current time, nanoseconds
     */
    void done(boolean success, long now);
}
