package org.junitnomos.expectation;

/**
 * Some slots of a chain in a row.
 *
 * @param chainStart when slot 0 began, nanoseconds of run time
 * @param duration length of a slot, nanoseconds
 * @param first the first of the slots
 * @param end the slot after the last one
 */
record SlotWindow(long chainStart, long duration, long first, long end) {

    /** The slots that lie wholly in a span of time. */
    static SlotWindow within(long chainStart, long duration, long from, long until) {
        long first = Math.floorDiv(from - chainStart + duration - 1, duration);
        return new SlotWindow(chainStart, duration, first, Math.max(first, slot(until - chainStart, duration)));
    }

    private static long slot(long sinceStart, long duration) {
        return Math.floorDiv(sinceStart, duration);
    }

    /** The slot of a time. */
    long slotOf(long nanos) {
        return slot(nanos - chainStart, duration);
    }

    /** When a slot ends, nanoseconds of run time. */
    long endOf(long slot) {
        return chainStart + (slot + 1) * duration;
    }

    int size() {
        return Math.toIntExact(end - first);
    }
}
