package org.junitnomos.time;

import static org.apiguardian.api.API.Status.INTERNAL;

import org.apiguardian.api.API;

/** What a {@link Task} does. */
@API(status = INTERNAL, since = "0.1")
@FunctionalInterface
public interface TaskBody {

    /** Does the work; returns to end the task. What it throws is kept for {@link Task#failure()}. */
    void run() throws Exception;
}
