package org.junitnomos.journal;

import java.util.List;
import java.util.function.Consumer;

/** A journal that is in memory only, for tests. Thread-safe. */
public final class InMemoryJournal implements Journal {

    private final Broadcast<JournalEvent> events = new Broadcast<>(Listeners::report);

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
