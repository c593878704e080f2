package org.junitnomos.runner;

import java.util.List;

/** One step of a cleanup, which must not hinder the next. */
interface CleanupStep {
    /** Does it. */
    void perform() throws Exception;

    /** Does a step and adds what goes wrong to the problems. */
    static void attempt(List<Throwable> problems, CleanupStep step) {
        try {
            step.perform();
        } catch (Exception | Error e) {
            problems.add(e);
        }
    }
}
