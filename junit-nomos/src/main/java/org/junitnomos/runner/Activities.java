package org.junitnomos.runner;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junitnomos.time.Stopwatch;
import org.junitnomos.time.Threads;

/** What is done on a run just now, by threads that do not belong to it: what hangs if it does not end. Thread-safe. */
final class Activities {
    private final List<Activity> underWay = new ArrayList<>();
    private final List<Activity> givenUp = new ArrayList<>();
    private boolean interrupted;

    /**
     * One thing that is done.
     *
     * @param what such as {@code "the test body"}
     * @param thread who does it
     * @param watch measures how long
     */
    record Activity(String what, Thread thread, Stopwatch watch) {
        String text() {
            return what + " " + Threads.whereabouts(thread);
        }
    }

    /** Begins something on the current thread. */
    synchronized Activity begin(String what) {
        var activity = new Activity(what, Thread.currentThread(), new Stopwatch());
        underWay.add(activity);
        return activity;
    }

    /** Ends it; an interrupt that this object sent is taken back, the thread belongs to somebody else. */
    synchronized void end(Activity activity) {
        givenUp.remove(activity);
        if (underWay.remove(activity) && interrupted && activity.thread() == Thread.currentThread()) {
            Thread.interrupted();
        }
    }

    /** Gives up what other threads do: whoever waited for them waits no more, so they hold up nobody. */
    synchronized void giveUpOthers() {
        for (var each : List.copyOf(underWay)) {
            if (each.thread() != Thread.currentThread()) {
                underWay.remove(each);
                givenUp.add(each);
            }
        }
    }

    synchronized void interrupt() {
        interrupted = true;
        underWay.forEach(each -> each.thread().interrupt());
    }

    /** Returns what began first; null if nothing is under way. */
    synchronized @Nullable Activity oldest() {
        return underWay.isEmpty() ? null : underWay.get(0);
    }

    /** Says what is under way and where; what was given up as well, because it may be what stops the others. */
    synchronized List<String> texts() {
        var texts = new ArrayList<String>();
        underWay.forEach(each -> texts.add(each.text()));
        givenUp.forEach(each -> texts.add(each.text() + ", although it was given up"));
        return texts;
    }
}
