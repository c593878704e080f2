package org.junitnomos.devnode;

import java.util.PriorityQueue;

/** Remembers what is to be done later, in order of time and then of entry. */
final class Timers {
    private final PriorityQueue<Timer> queue = new PriorityQueue<>();
    private long entered;

    private record Timer(long due, long order, Runnable action) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            int byTime = Long.compare(due, other.due);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    void at(long due, Runnable action) {
        queue.add(new Timer(due, entered++, action));
    }

    /** Returns when the next one is due; {@link Long#MAX_VALUE} if there is none. */
    long next() {
        Timer first = queue.peek();
        return first == null ? Long.MAX_VALUE : first.due;
    }

    void run(long now) {
        while (next() <= now) {
            queue.remove().action.run();
        }
    }

    void clear() {
        queue.clear();
    }
}
