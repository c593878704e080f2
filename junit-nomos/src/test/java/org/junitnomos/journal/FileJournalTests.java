package org.junitnomos.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitnomos.journal.JournalEvents.oneOfEachKind;

import java.io.ByteArrayInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.journal.JournalEvent.Note;

class FileJournalTests {

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void chooseFile() {
        file = directory.resolve("run").resolve("journal.jsonl");
    }

    private void write(List<JournalEvent> events) {
        try (FileJournal journal = FileJournal.create(file)) {
            events.forEach(journal::append);
        }
    }

    /** Takes so many bytes and no more, as a full disk does: also in the middle of a line. */
    private static final class FullDisk extends FilterOutputStream {
        private int room;

        FullDisk(OutputStream out, int room) {
            super(out);
            this.room = room;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, Math.min(length, room));
            out.flush();
            room -= length;
            if (room < 0) {
                room = 0;
                throw new IOException("No space left on device");
            }
        }
    }

    @Test
    void endsWithAWholeLineWhenTheDiskIsFull() throws IOException {
        Files.createDirectories(file.getParent());
        var events = oneOfEachKind();
        FileJournal journal = new FileJournal(file, new FullDisk(Files.newOutputStream(file), 1_000));
        events.forEach(journal::append);

        JournalReader.Result read = JournalReader.read(file);
        int whole = read.events().size();
        assertThat(read.tornBytes()).isZero();
        assertThat(read.isComplete()).isFalse();
        assertThat(whole).isBetween(2, events.size() - 2);
        assertThat(read.events()).isEqualTo(events.subList(0, whole));
        assertThat(journal.events()).isEqualTo(events);
        assertThat(journal.problem())
                .hasValue("journal " + file + " is not complete, it ends with event " + whole + " of " + events.size()
                        + ": writing failed: No space left on device");
        assertThatThrownBy(journal::close)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("No space left on device");
    }

    @Test
    void readsBackEveryKindOfEvent() throws IOException {
        List<JournalEvent> events = oneOfEachKind();
        Set<Class<?>> kinds = new LinkedHashSet<>();
        events.forEach(event -> kinds.add(event.getClass()));
        assertThat(kinds).containsExactlyInAnyOrder(JournalEvent.class.getPermittedSubclasses());

        write(events);

        JournalReader.Result result = JournalReader.read(file);
        assertThat(result.events()).isEqualTo(events);
        assertThat(result.isComplete()).isTrue();
        assertThat(result.tornBytes()).isZero();
        assertThat(result.unknownKinds()).isEmpty();
        assertThat(result.unknownFields()).isZero();
    }

    /** Pins names and order: readers of journals, and journals that are regression fixtures, depend on them. */
    @Test
    void writesOneLineOfJsonAnEvent() throws IOException {
        write(oneOfEachKind());

        List<String> lines = Files.readAllLines(file);
        assertThat(Files.readString(file)).endsWith("}\n").doesNotContain("\r");
        assertThat(lines).hasSize(46);
        assertThat(lines.get(0))
                .isEqualTo(
                        "{\"event\":\"run-started\",\"at\":0,\"format\":1,\"scenario\":\"Umlaute äöü 你 😀\",\"seed\":-42,"
                                + "\"backend\":\"embedded\",\"time\":\"virtual\",\"systemUnderTest\":\"dev node\",\"plan\":[\"a\",\"b\"]}");
        assertThat(lines.get(2))
                .isEqualTo("{\"event\":\"phase-ended\",\"at\":2,\"phase\":\"deploy\",\"problem\":null}");
        assertThat(lines.get(4))
                .isEqualTo(
                        "{\"event\":\"node-state-changed\",\"at\":4,\"node\":\"validator-0\",\"state\":\"api-ready\","
                                + "\"intended\":true,\"reason\":\"up\"}");
        assertThat(lines.get(6))
                .isEqualTo("{\"event\":\"block-observed\",\"at\":6,\"node\":\"validator-0\",\"block\":\"01"
                        + "0".repeat(62)
                        + "\",\"parent\":\"" + "0".repeat(64) + "\",\"slot\":3,\"height\":1,\"leader\":\"3b6a\","
                        + "\"transactions\":[{\"hash\":\"01" + "0".repeat(62) + "\",\"inputs\":[\"e903" + "0".repeat(60)
                        + "\"],\"outputs\":[{\"id\":\"ea03" + "0".repeat(60)
                        + "\",\"value\":18446744073709551615}],\"fee\":9223372036854775808,"
                        + "\"ops\":[\"ChannelInscribe\"]}]}");
        assertThat(lines.get(8))
                .isEqualTo("{\"event\":\"tip-changed\",\"at\":8,\"node\":\"validator-1\",\"tip\":\"01" + "0".repeat(62)
                        + "\",\"height\":1,\"slot\":3,\"lib\":\"" + "0".repeat(64)
                        + "\",\"libHeight\":-1,\"reorgDepth\":2}");
        assertThat(lines.get(5))
                .isEqualTo("{\"event\":\"baseline-taken\",\"at\":5,\"expectation\":\"liveness\","
                        + "\"values\":{\"height\":\"17\",\"a \\\"quoted\\\" key\":\"\"}}");
    }

    @Test
    void hasEveryEventOnFileBeforeItIsClosed() throws IOException {
        try (FileJournal journal = FileJournal.create(file)) {
            for (int i = 0; i < 3; i++) {
                journal.append(new Note(i, "test", "n" + i));
                assertThat(JournalReader.read(file).events())
                        .isEqualTo(journal.events())
                        .hasSize(i + 1);
            }
        }
    }

    @Test
    void writesHalvesOfCharactersAsReplacements() throws IOException {
        write(List.of(new Note(1, "test", "a\ud83d b\ude00 😀")));

        assertThat(JournalReader.read(file).events()).containsExactly(new Note(1, "test", "a\ufffd b\ufffd 😀"));
    }

    @Test
    void refusesAFileThatExists() {
        write(List.of());

        assertThatThrownBy(() -> FileJournal.create(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("journal " + file + " exists already; a journal is written once, choose another file");
    }

    @Test
    void refusesEventsAfterItWasClosed() {
        FileJournal journal = FileJournal.create(file);
        journal.close();
        journal.close();

        assertThatThrownBy(() -> journal.append(new Note(1, "test", "late")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("journal " + file + " is closed; this event came too late:"
                        + " Note[at=1, author=test, text=late]");
        assertThat(journal.events()).isEmpty();
    }

    @Test
    void keepsTheOrderOfManyThreads() throws Exception {
        List<JournalEvent> heard = new ArrayList<>();
        try (FileJournal journal = FileJournal.create(file)) {
            journal.subscribe(heard::add);
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                String name = "thread-" + t;
                Thread thread = new Thread(() -> {
                    for (int i = 0; i < 500; i++) {
                        journal.append(new Note(i, name, ""));
                    }
                });
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(JournalReader.read(file).events())
                    .isEqualTo(journal.events())
                    .hasSize(2000);
            assertThat(heard).isEqualTo(journal.events());
        }
    }

    @Nested
    class Reading {

        private JournalReader.Result read(String text) throws IOException {
            return JournalReader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "journal.jsonl");
        }

        private static final String NOTE = "{\"event\":\"note\",\"at\":1,\"author\":\"a\",\"text\":\"t\"}\n";

        @Test
        void toleratesALastLineThatWasCutOff() throws IOException {
            JournalReader.Result result = read(NOTE + NOTE.substring(0, 30));

            assertThat(result.events()).containsExactly(new Note(1, "a", "t"));
            assertThat(result.tornBytes()).isEqualTo(30);
            assertThat(result.isComplete()).isFalse();
        }

        @Test
        void takesALastLineWithoutItsLineFeed() throws IOException {
            assertThat(read(NOTE + NOTE.strip()).events()).hasSize(2);
        }

        @Test
        void readsAnEmptyFile() throws IOException {
            assertThat(read("").events()).isEmpty();
        }

        @Test
        void leavesOutWhatItDoesNotKnowAndCountsIt() throws IOException {
            JournalReader.Result result = read("{\"event\":\"eclipse\",\"at\":1}\n{\"event\":\"eclipse\",\"at\":2}\n"
                    + "{\"event\":\"note\",\"at\":1,\"mood\":\"good\",\"author\":\"a\",\"text\":\"t\"}\n");

            assertThat(result.events()).containsExactly(new Note(1, "a", "t"));
            assertThat(result.unknownKinds()).isEqualTo(Map.of("eclipse", 2));
            assertThat(result.unknownFields()).isEqualTo(1);
        }

        @Test
        void namesLineAndFieldOfWhatIsWrong() {
            assertProblem("nonsense\n", "journal.jsonl, line 1: no JSON: \"nonsense\"");
            assertProblem(NOTE + "{}\n", "journal.jsonl, line 2: field 'event' is missing or no string");
            assertProblem(
                    "{\"event\":\"note\",\"at\":\"1\"}\n",
                    "journal.jsonl, line 1: event 'note': field 'at': expected a whole number but was \"1\"");
            assertProblem(
                    "{\"event\":\"note\",\"at\":1,\"author\":null}\n",
                    "journal.jsonl, line 1: event 'note': field 'author': expected a string but was null");
            assertProblem(
                    "{\"event\":\"phase-started\",\"at\":1,\"phase\":\"sleep\"}\n",
                    "journal.jsonl, line 1: event 'phase-started': field 'phase': expected one of [build, deploy,"
                            + " capture, drive, evaluate, cleanup] but was \"sleep\"");
            assertProblem(
                    "{\"event\":\"block-seen\",\"at\":1,\"node\":\"n\",\"block\":\"12\"}\n",
                    "journal.jsonl, line 1: event 'block-seen': field 'block': expected 64 hexadecimal digits but was 2"
                            + " characters \"12\"");
            assertProblem(
                    "{\"event\":\"note\",\"at\":1}\n",
                    "journal.jsonl, line 1: event 'note': field 'author' is missing");
        }

        @Test
        void refusesANewerFormat() {
            assertProblem(
                    "{\"event\":\"run-started\",\"at\":0,\"format\":2}\n",
                    "journal.jsonl, line 1: it has format 2 but this version of JUnit Nomos reads up to 1; use the"
                            + " version that wrote it, or a newer one");
        }

        private void assertProblem(String text, String message) {
            assertThatThrownBy(() -> read(text))
                    .isInstanceOf(JournalFormatException.class)
                    .hasMessage(message);
        }
    }
}
