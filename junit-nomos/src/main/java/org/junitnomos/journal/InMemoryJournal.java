package org.junitnomos.journal;

import java.util.List;
import java.util.function.Consumer;
import org.apiguardian.api.API;

/** Keeps a journal in memory only. Thread-safe. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class InMemoryJournal implements Journal {

    private final Broadcast<JournalEvent> events = new Broadcast<>(Listeners::report);

    /** Creates an empty journal. */
    public InMemoryJournal() {}

    @Override
    public void append(JournalEvent event) {
        events.append(event);
    }

    @Override
    public List<JournalEvent> events() {
        return events.snapshot();
    }

    @Override
    public void subscribe(Consumer<JournalEvent> listener) {
        events.subscribe(listener, events.size());
    }
}
