package org.junitnomos.runner;

import java.util.List;

/** What may hang: a run, or the cleanup of a cluster; how it is told, and what there is to do about it. */
interface Hanging {
    /** Names it: the test and its scenario. */
    String name();

    /** Says where to look: seed, evidence, replay; one line each. */
    List<String> where();

    /** Lets whoever waits on its clock be told the text instead. */
    void stop(String text);

    /** Removes its nodes, whatever its threads do; the steps in order, each of which may hang as well. */
    List<CleanupStep> removal();

    /** Notes what went wrong with the removal. */
    void problem(Throwable problem);

    /** Completes the evidence: the JVM ends now. */
    void last();
}
