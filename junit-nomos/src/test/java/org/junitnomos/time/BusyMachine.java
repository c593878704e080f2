package org.junitnomos.time;

/** Tells tests of other rooms how busy the machine is. */
public final class BusyMachine {
    private BusyMachine() {}

    /** Return by how much longer than on a free machine two threads take now: 1 on a free one, 20 at most. */
    public static double factor() throws InterruptedException {
        return Pace.now().factor();
    }
}
