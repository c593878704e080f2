package org.junitnomos.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junitnomos.journal.JournalEvent.Note;
import org.junitnomos.journal.JournalEvent.RunEnded;

class InMemoryJournalTests {

    private final InMemoryJournal journal = new InMemoryJournal();

    private static Note note(int number) {
        return new Note(number, "test", "n" + number);
    }

    @Test
    void givesSnapshotsThatDoNotChange() {
        journal.append(note(1));
        List<JournalEvent> before = journal.events();
        for (int i = 2; i <= 200; i++) {
            journal.append(note(i));
        }

        assertThat(before).containsExactly(note(1));
        assertThat(journal.events()).hasSize(200).startsWith(note(1), note(2)).endsWith(note(200));
    }

    @Test
    void selectsEventsOfOneKind() {
        journal.append(note(1));
        journal.append(new RunEnded(2, Verdict.PASSED));

        assertThat(journal.events(RunEnded.class)).containsExactly(new RunEnded(2, Verdict.PASSED));
    }

    @Test
    void tellsListenersOfEventsToCome() {
        List<JournalEvent> heard = new ArrayList<>();
        journal.append(note(1));
        journal.subscribe(heard::add);

        journal.append(note(2));

        assertThat(heard).containsExactly(note(2));
    }

    @Test
    void deliversInOrderWhenAListenerAppends() {
        List<JournalEvent> first = new ArrayList<>();
        List<JournalEvent> second = new ArrayList<>();
        journal.subscribe(event -> {
            first.add(event);
            if (event.at() < 3) {
                journal.append(note((int) event.at() + 1));
            }
        });
        journal.subscribe(second::add);

        journal.append(note(1));

        assertThat(first).containsExactly(note(1), note(2), note(3));
        assertThat(second).containsExactly(note(1), note(2), note(3));
    }

    @Test
    void survivesAListenerThatThrows() {
        List<JournalEvent> heard = new ArrayList<>();
        journal.subscribe(event -> {
            throw new IllegalStateException("no");
        });
        journal.subscribe(heard::add);

        journal.append(note(1));
        journal.append(note(2));

        assertThat(heard).containsExactly(note(1), note(2));
    }
}
