package org.junitnomos.runner;

import java.util.List;
import org.junitnomos.time.VirtualTimeline;

/** What may hang: a run, or the cleanup of a cluster; how it is told, and what there is to do about it. */
interface Hanging {
    /** Names it: the test and its scenario. */
    String name();

    /** Says where to look: seed, evidence, replay; one line each. */
    List<String> where();

    /** What it runs on. */
    LiveCluster cluster();

    /** Lets whoever waits on its clock be told the text instead. */
    default void stop(String text) {
        if (cluster().timeline() instanceof VirtualTimeline virtual) {
            virtual.stop(text);
        }
    }

    /** Notes what went wrong with the removal. */
    void problem(Throwable problem);

    /** Completes the evidence: the JVM ends now. */
    void last();
}
