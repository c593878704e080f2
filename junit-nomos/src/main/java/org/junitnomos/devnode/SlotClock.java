package org.junitnomos.devnode;

import org.junitnomos.topology.SlotRules;

/**
 * Counts slots by a clock that may be wrong. No slot is entered twice, even if the clock is set back.
 *
 * <p>Ticks are counted, and those that a halted node misses are lost: its counter stays behind for the rest of its life
 * (node contract 3.1).
 */
final class SlotClock {
    private final long slotNanos;
    private long skewNanos;
    private long lastSlot;
    private long lostSlots;
    private long awakeAt;
    private boolean ticked;

    SlotClock(long slotNanos, long skewNanos) {
        this.slotNanos = slotNanos;
        this.skewNanos = skewNanos;
    }

    long slotAt(long now) {
        return Math.floorDiv(now + skewNanos, slotNanos) - lostSlots;
    }

    /** Begins in the middle of a slot that is over for this node. */
    void begin(long now) {
        lastSlot = Math.max(0, slotAt(now));
    }

    /** Moves to the current slot; false if it is not a new one. Slots between are lost. */
    boolean enterSlot(long now) {
        noticeHalt(now);
        ticked = true;
        long slot = slotAt(now);
        if (slot <= lastSlot) {
            return false;
        }
        lastSlot = slot;
        return true;
    }

    /** Of the ticks that a halted node missed the first comes late, the others never. */
    private void noticeHalt(long now) {
        long late = now - Math.max(nextSlotTime(), awakeAt);
        if (ticked && late >= Math.max(slotNanos, SlotRules.SHORTEST_HALT_NANOS)) {
            lostSlots += slotAt(now) - lastSlot - 1;
        }
        awakeAt = now;
    }

    long lastSlot() {
        return lastSlot;
    }

    /** Returns how many slots the counter is behind the clock, since the node was halted. */
    long lostSlots() {
        return lostSlots;
    }

    /** Returns when the next new slot begins, in true time. */
    long nextSlotTime() {
        return (lastSlot + 1 + lostSlots) * slotNanos - skewNanos;
    }

    long skewNanos() {
        return skewNanos;
    }

    /** Sets the clock: slots that are passed over by that are no slots of a halt. */
    void setSkewNanos(long ahead, long now) {
        noticeHalt(now);
        skewNanos = ahead;
    }
}
