package org.junitnomos.journal;

import org.slf4j.LoggerFactory;

/** What the kinds of journals share. */
final class Listeners {

    private Listeners() {}

    /** A listener that throws neither harms the journal nor the one who appended. */
    static void report(Throwable failure) {
        LoggerFactory.getLogger(Journal.class).warn("A listener of the journal failed and missed an event", failure);
    }
}
