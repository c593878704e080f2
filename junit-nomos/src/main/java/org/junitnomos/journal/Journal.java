package org.junitnomos.journal;

import java.util.List;
import java.util.function.Consumer;
import org.apiguardian.api.API;

/**
 * Records what happens in a run: an append-only list of events in the order in which they happened.
 *
 * <p>Thread-safe. Under the virtual clock the order is the same for every run of one plan and seed.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Journal {
    /**
     * Appends an event; it is on its way to disk when this returns, and every listener has seen it.
     *
     * @param event what happened
     */
    void append(JournalEvent event);

    /** {@return all events so far: a snapshot in the order of the journal, which never changes} */
    List<JournalEvent> events();

    /**
     * Returns the events of one kind so far.
     *
     * @param type the kind
     * @param <E> the kind
     * @return a snapshot in the order of the journal
     */
    default <E extends JournalEvent> List<E> events(Class<E> type) {
        return events().stream().filter(type::isInstance).map(type::cast).toList();
    }

    /**
     * Hears every event after it was appended, on the thread that appends it.
     *
     * @param listener must return quickly and must not block
     */
    void subscribe(Consumer<JournalEvent> listener);
}
