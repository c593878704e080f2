package org.junitnomos.journal;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * An append-only list with listeners: each listener gets every entry once, in order, never two at a time.
 *
 * <p>No lock is held while a listener runs, so a listener may append, subscribe or take locks of its own without the
 * danger of a deadlock. An entry is delivered by the thread that appended it, before {@link #append} returns, unless
 * that listener is busy with an earlier entry just then: on another thread, or further up the stack of this one; then
 * whoever keeps it busy delivers this entry next.
 *
 * @param <E> the entries
 */
@API(status = INTERNAL, since = "0.1")
public final class Broadcast<E> {

    private final Object lock = new Object();
    private final List<Subscription<E>> subscriptions = new CopyOnWriteArrayList<>();
    private final Consumer<Throwable> onFailure;
    private Object[] entries = new Object[64]; // a slot is written once, so snapshots share the array
    private int size;

    /**
     * Creates an empty list.
     *
     * @param onFailure told of everything that a listener throws; the listener stays subscribed
     */
    public Broadcast(Consumer<Throwable> onFailure) {
        this.onFailure = onFailure;
    }

    /** Appends an entry and delivers it. */
    public void append(E entry) {
        add(entry);
        deliver();
    }

    /** Appends an entry without delivering it; the next {@link #deliver()} does. */
    public void add(E entry) {
        Objects.requireNonNull(entry, "entry");
        synchronized (lock) {
            if (size == entries.length) {
                entries = Arrays.copyOf(entries, 2 * size);
            }
            entries[size++] = entry;
        }
    }

    /** Delivers what was not delivered yet, listener by listener in the order in which they subscribed. */
    public void deliver() {
        for (Subscription<E> subscription : subscriptions) {
            subscription.pump(this);
        }
    }

    /** Returns the entries so far, as a list that never changes; costs nothing however long it is. */
    public List<E> snapshot() {
        synchronized (lock) {
            return new Prefix<>(entries, size);
        }
    }

    /** Returns the number of entries so far. */
    public int size() {
        synchronized (lock) {
            return size;
        }
    }

    /** Subscribes from the first entry on; those of the past are delivered before this returns. */
    public AutoCloseable subscribe(Consumer<? super E> listener) {
        return subscribe(listener, 0);
    }

    /** Subscribes from the entry with that index on, which may be one that is still to come. */
    public AutoCloseable subscribe(Consumer<? super E> listener, int from) {
        Subscription<E> subscription = new Subscription<>(listener, from);
        subscriptions.add(subscription);
        subscription.pump(this);
        return () -> {
            subscription.ended = true;
            subscriptions.remove(subscription);
        };
    }

    /** Returns the entry with that index; null if it is still to come. */
    @SuppressWarnings("unchecked") // only add() fills the array, with entries of type E
    private @Nullable E entry(int index) {
        synchronized (lock) {
            return index < size ? (E) entries[index] : null;
        }
    }

    private static final class Prefix<E> extends AbstractList<E> implements RandomAccess {

        private final Object[] entries;
        private final int size;

        Prefix(Object[] entries, int size) {
            this.entries = entries;
            this.size = size;
        }

        @Override
        @SuppressWarnings("unchecked") // as in entry()
        public E get(int index) {
            return (E) entries[Objects.checkIndex(index, size)];
        }

        @Override
        public int size() {
            return size;
        }
    }

    private static final class Subscription<E> {

        private final Consumer<? super E> listener;
        private final AtomicInteger wanted = new AtomicInteger();
        private volatile boolean ended;
        private int next; // only touched by the thread that raised `wanted` from zero

        Subscription(Consumer<? super E> listener, int from) {
            this.listener = listener;
            this.next = from;
        }

        void pump(Broadcast<E> source) {
            if (wanted.getAndIncrement() != 0) {
                return;
            }
            int taken = 1;
            do { // whoever raises it meanwhile leaves the work to this thread
                for (E entry = source.entry(next); entry != null && !ended; entry = source.entry(next)) {
                    next++;
                    tell(source, entry);
                }
                taken = wanted.addAndGet(-taken);
            } while (taken != 0);
        }

        private void tell(Broadcast<E> source, E entry) {
            try {
                listener.accept(entry);
            } catch (Exception | Error e) {
                source.onFailure.accept(e);
            }
        }
    }
}
