package org.junitnomos.time;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** A condition variable in real time; counts its raises, so that none is lost between a check and the wait for it. */
final class RealSignal implements Signal {

    private final String name;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition raised = lock.newCondition();
    private long raises;

    RealSignal(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void raise() {
        lock.lock();
        try {
            raises++;
            raised.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        return awaitAfter(raises(), System.nanoTime(), Nanos.of(timeout));
    }

    @Override
    public boolean await(BooleanSupplier until, Duration timeout) throws InterruptedException {
        long start = System.nanoTime();
        long span = Nanos.of(timeout);
        while (true) {
            long seen = raises();
            if (until.getAsBoolean()) {
                return true;
            }
            if (!awaitAfter(seen, start, span)) {
                return until.getAsBoolean();
            }
        }
    }

    private long raises() {
        lock.lock();
        try {
            return raises;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a raise after the first {@code seen} ones, until {@code span} nanoseconds after {@code start}. */
    private boolean awaitAfter(long seen, long start, long span) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (raises == seen) {
                long left = span - (System.nanoTime() - start);
                if (left <= 0) {
                    return false;
                }
                raised.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return "signal '" + name + "'";
    }
}
