package org.junitnomos.runner;

import org.apiguardian.api.API;

/** The body of a test: what runs, beside the workloads, while a scenario is driven. */
@API(status = API.Status.INTERNAL, since = "0.1")
@FunctionalInterface
public interface ThrowingBody {
    /** Runs the body; it throws whatever fails the test. */
    void run() throws Throwable;
}
