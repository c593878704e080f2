package org.junitnomos.deploy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTests {
    private static final ProcessIdentity PROCESS = new ProcessIdentity(42, "17-0a0b0c0d-3");

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("resources");
    }

    private void write() throws IOException {
        try (var ledger = Ledger.create(file())) {
            ledger.planned("run", ResourceKind.PROCESS, "validator-0", "m");
            ledger.created(1, PROCESS);
            ledger.planned("run", ResourceKind.DIRECTORY, "/a\tb\\n\nc ü", "m");
            ledger.planned("run", ResourceKind.PORT, "20000", "m");
            ledger.released(3);
            ledger.released(3);
        }
    }

    @Test
    void tellsWhatIsNotReleased() throws IOException {
        write();
        var reading = Ledger.read(file());
        assertThat(reading.unreadable()).isZero();
        assertThat(reading.entries())
                .containsExactly(
                        new LedgerEntry(1, "run", "process", "validator-0", "m-1", true, PROCESS, false),
                        new LedgerEntry(2, "run", "directory", "/a\tb\\n\nc ü", "m-2", false, null, false));
    }

    @Test
    void canBeReadAfterACrashAtEveryByte() throws IOException {
        write();
        byte[] whole = Files.readAllBytes(file());
        for (int length = 0; length <= whole.length; length++) {
            byte[] part = new byte[length];
            System.arraycopy(whole, 0, part, 0, length);
            Files.write(file(), part);
            var reading = Ledger.read(file());
            assertThat(reading.unreadable()).isBetween(0, 1);
            List<String> names =
                    reading.entries().stream().map(LedgerEntry::name).toList();
            assertThat(List.of("validator-0", "/a\tb\\n\nc ü", "20000")).containsAll(names);
        }
    }

    @Test
    void namesHowManyLinesMeanNothing() throws IOException {
        write();
        var lines = new ArrayList<>(Files.readAllLines(file()));
        lines.set(1, lines.get(1).replace("42", "43"));
        lines.add("moved\t1\t5d0bd5d3");
        Files.write(file(), lines);
        var reading = Ledger.read(file());
        assertThat(reading.unreadable()).isEqualTo(2);
        assertThat(reading.entries().get(0).process())
                .as("the line about its pid is damaged")
                .isNull();
    }

    @Test
    void isNeverSharedByTwo() throws IOException {
        write();
        assertThatThrownBy(() -> Ledger.create(file())).isInstanceOf(IOException.class);
    }

    @Test
    void refusesARegistrationThatCannotBeWritten() throws IOException {
        var ledger = Ledger.create(file());
        ledger.close();
        assertThatThrownBy(() -> ledger.planned("run", ResourceKind.PROCESS, "validator-0", "m"))
                .isInstanceOf(SessionException.class)
                .hasMessageStartingWith("Cannot write planned to the ledger " + file())
                .hasMessageEndingWith("point java.io.tmpdir to a directory with room");
        assertThat(ledger.live()).isEmpty();
    }

    @Test
    void isWrittenByInterruptedThreads() throws IOException {
        try (var ledger = Ledger.create(file())) {
            Thread.currentThread().interrupt();
            ledger.planned("run", ResourceKind.PROCESS, "validator-0", "m");
            ledger.planned("run", ResourceKind.PROCESS, "validator-1", "m");
            assertThat(ProcessIdentity.of(ProcessHandle.current().pid())).isPresent();
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(Ledger.read(file()).entries()).hasSize(2);
    }
}
