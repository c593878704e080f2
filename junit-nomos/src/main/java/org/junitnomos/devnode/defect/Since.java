package org.junitnomos.devnode.defect;

/** Knows since when a defect is in force: since it was first asked. */
final class Since {
    private long begin = Long.MIN_VALUE;

    /** {@return the time since then, in nanoseconds} */
    long until(long now) {
        begin = begin == Long.MIN_VALUE ? now : begin;
        return now - begin;
    }
}
