package org.junitnomos.time;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A binary heap of events in the total order (time, sequence). Unlike a JDK priority queue it removes an event in
 * logarithmic time, so that limits of waits that end early leave nothing behind.
 */
final class EventHeap {

    private @Nullable TimedEvent[] events = new TimedEvent[64];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    void add(TimedEvent event) {
        if (size == events.length) {
            events = Arrays.copyOf(events, size * 2);
        }
        siftUp(size++, event);
    }

    @Nullable
    TimedEvent poll() {
        if (size == 0) {
            return null;
        }
        TimedEvent first = at(0);
        remove(first);
        return first;
    }

    /** Removes an event if it is in the heap. */
    void remove(TimedEvent event) {
        int hole = event.index;
        if (hole < 0) {
            return;
        }
        event.index = -1;
        TimedEvent last = at(--size);
        events[size] = null;
        if (hole == size) {
            return;
        }
        siftDown(hole, last);
        if (last.index == hole) {
            siftUp(hole, last);
        }
    }

    void clear() {
        for (int i = 0; i < size; i++) {
            at(i).index = -1;
            events[i] = null;
        }
        size = 0;
    }

    private void siftUp(int from, TimedEvent event) {
        int hole = from;
        while (hole > 0) {
            int parent = (hole - 1) >>> 1;
            TimedEvent above = at(parent);
            if (!before(event, above)) {
                break;
            }
            put(hole, above);
            hole = parent;
        }
        put(hole, event);
    }

    private void siftDown(int from, TimedEvent event) {
        int hole = from;
        for (int child = 2 * hole + 1; child < size; child = 2 * hole + 1) {
            if (child + 1 < size && before(at(child + 1), at(child))) {
                child++;
            }
            TimedEvent below = at(child);
            if (!before(below, event)) {
                break;
            }
            put(hole, below);
            hole = child;
        }
        put(hole, event);
    }

    private void put(int index, TimedEvent event) {
        events[index] = event;
        event.index = index;
    }

    private TimedEvent at(int index) {
        TimedEvent event = events[index];
        assert event != null : "hole in the heap at " + index;
        return event;
    }

    private static boolean before(TimedEvent a, TimedEvent b) {
        return a.time != b.time ? a.time < b.time : a.sequence < b.sequence;
    }
}
