package org.junitnomos.deploy.embedded;

/**
 * Counts the ticks of one node in each slot. A node that asks for its next tick again and again within no time would
 * keep virtual time, and with it all others, from going on. Used with the lock of the node.
 */
final class TickPace {
    /** One every 20 µs of a slot of 2 s: far more than timers need that are set for messages of other nodes. */
    static final int MOST_IN_A_SLOT = 100_000;

    private final String node;
    private final long slotNanos;
    private long slot = -1;
    private long since;
    private int ticks;

    TickPace(String node, long slotNanos) {
        this.node = node;
        this.slotNanos = slotNanos;
    }

    /**
     * Counts a tick.
     *
     * @param now nanoseconds since slot 0 began
     * @throws IllegalStateException if the node had too many in this slot
     */
    void count(long now) {
        long current = Math.floorDiv(now, slotNanos);
        if (current != slot) {
            slot = current;
            since = now;
            ticks = 0;
        }
        if (++ticks > MOST_IN_A_SLOT) {
            ticks = 0;
            throw new IllegalStateException("node '" + node + "' holds up the time of the run: it asked for "
                    + MOST_IN_A_SLOT + " ticks in slot " + slot + ", the last " + (now - since)
                    + " ns after the first");
        }
    }
}
