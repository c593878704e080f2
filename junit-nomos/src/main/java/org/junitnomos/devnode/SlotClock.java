package org.junitnomos.devnode;

/** Counts slots by a clock that may be wrong. No slot is entered twice, even if the clock is set back. */
final class SlotClock {
    private final long slotNanos;
    private long skewNanos;
    private long lastSlot;

    SlotClock(long slotNanos, long skewNanos) {
        this.slotNanos = slotNanos;
        this.skewNanos = skewNanos;
    }

    long slotAt(long now) {
        return Math.floorDiv(now + skewNanos, slotNanos);
    }

    /** Begins in the middle of a slot that is over for this node. */
    void begin(long now) {
        lastSlot = Math.max(0, slotAt(now));
    }

    /** Moves to the current slot; false if it is not a new one. Slots between are lost. */
    boolean enterSlot(long now) {
        long slot = slotAt(now);
        if (slot <= lastSlot) {
            return false;
        }
        lastSlot = slot;
        return true;
    }

    long lastSlot() {
        return lastSlot;
    }

    /** Returns when the next new slot begins, in true time. */
    long nextSlotTime() {
        return (lastSlot + 1) * slotNanos - skewNanos;
    }

    long skewNanos() {
        return skewNanos;
    }

    void setSkewNanos(long ahead) {
        skewNanos = ahead;
    }
}
