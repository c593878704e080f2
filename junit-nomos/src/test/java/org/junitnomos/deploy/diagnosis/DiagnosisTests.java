package org.junitnomos.deploy.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.junitnomos.deploy.diagnosis.Signature.CLOCK_JUMP;
import static org.junitnomos.deploy.diagnosis.Signature.DISK_FULL;
import static org.junitnomos.deploy.diagnosis.Signature.KILLED_FOR_MEMORY;
import static org.junitnomos.deploy.diagnosis.Signature.MISSING_BINARY;
import static org.junitnomos.deploy.diagnosis.Signature.MISSING_LIBRARY;
import static org.junitnomos.deploy.diagnosis.Signature.NOT_EXECUTABLE;
import static org.junitnomos.deploy.diagnosis.Signature.OUT_OF_HEAP;
import static org.junitnomos.deploy.diagnosis.Signature.OUT_OF_MEMORY;
import static org.junitnomos.deploy.diagnosis.Signature.PORT_TAKEN;
import static org.junitnomos.deploy.diagnosis.Signature.TOO_FEW_FILE_HANDLES;
import static org.junitnomos.deploy.diagnosis.Signature.TOO_FEW_THREADS;
import static org.junitnomos.deploy.diagnosis.Signature.WRONG_ARCHITECTURE;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitnomos.time.VisibleText;

class DiagnosisTests {
    private static Signature known(Symptoms symptoms) {
        return Diagnosis.of(symptoms).map(Diagnosis::signature).orElseThrow();
    }

    @ParameterizedTest
    @MethodSource
    void knowsTheTextsOfStartsThatFailed(Signature expected, String text) {
        assertThat(known(Symptoms.notStarted(new IOException(text)))).isEqualTo(expected);
    }

    static Stream<Arguments> knowsTheTextsOfStartsThatFailed() {
        return Stream.of(
                arguments(MISSING_BINARY, "Cannot run program \"/opt/nomos-node\": error=2, No such file or directory"),
                arguments(
                        MISSING_BINARY,
                        "Cannot run program \"nomos-node\": Exec failed, error: 2 (No such file or directory) "),
                arguments(
                        MISSING_BINARY,
                        "Cannot run program \"node\" (in directory \"/gone\"): error=2, Datei oder Verzeichnis nicht"
                                + " gefunden"),
                arguments(NOT_EXECUTABLE, "Cannot run program \"./nomos-node\": error=13, Permission denied"),
                arguments(WRONG_ARCHITECTURE, "Cannot run program \"./nomos-node\": error=8, Exec format error"),
                arguments(
                        WRONG_ARCHITECTURE,
                        "Cannot run program \"./nomos-node\": error=86, Bad CPU type in executable"),
                arguments(TOO_FEW_FILE_HANDLES, "Cannot run program \"java\": error=24, Too many open files"),
                arguments(OUT_OF_MEMORY, "Cannot run program \"java\": error=12, Cannot allocate memory"),
                arguments(TOO_FEW_THREADS, "Cannot run program \"java\": error=11, Resource temporarily unavailable"),
                arguments(DISK_FULL, "/srv/node/config.yaml: No space left on device"));
    }

    @Test
    void showsTheControlCharactersOfItsEvidenceByTheirNumbers() {
        var symptoms = Symptoms.ended(1, List.of("\u001b]0;x\u0007 No space left on device"));

        assertThat(Diagnosis.of(symptoms).orElseThrow().evidence())
                .isEqualTo("\\u001b]0;x\\u0007 No space left on device");
    }

    @ParameterizedTest
    @MethodSource({"textsAboutWhatASystemIsShortOf", "textsAboutMemoryAndPrograms"})
    void knowsTheTextsOfProcessesThatEnded(Signature expected, int exitCode, String line) {
        var output = List.of("INFO starting", line, "INFO the last line says nothing");
        assertThat(Diagnosis.of(Symptoms.ended(exitCode, output)))
                .hasValueSatisfying(
                        diagnosis -> assertThat(diagnosis.signature()).isEqualTo(expected))
                .hasValueSatisfying(diagnosis -> assertThat(VisibleText.of(line))
                        .startsWith(diagnosis.evidence().replaceAll("\\.{3}$", "")));
    }

    static Stream<Arguments> textsAboutWhatASystemIsShortOf() {
        return Stream.of(
                arguments(PORT_TAKEN, 1, "Exception in thread \"main\" java.net.BindException: Address already in use"),
                arguments(
                        PORT_TAKEN,
                        3,
                        "Cannot start the node: java.io.IOException: The api port 127.0.0.1:8080"
                                + " cannot be bound."),
                arguments(
                        PORT_TAKEN,
                        101,
                        "thread 'main' panicked at src/main.rs:4:54: called `Result::unwrap()` on an"
                                + " `Err` value: Os { code: 98, kind: AddrInUse, message: \"Address already in use\" }"),
                arguments(
                        PORT_TAKEN,
                        1,
                        "Error: Transport(Other(Custom { kind: AddrInUse, error: Address already in"
                                + " use (os error 98) }))"),
                arguments(TOO_FEW_FILE_HANDLES, 1, "java.io.FileNotFoundException: blocks.log (Too many open files)"),
                arguments(
                        TOO_FEW_FILE_HANDLES,
                        101,
                        "Os { code: 24, kind: Uncategorized, message: \"Too many open" + " files\" }"),
                arguments(
                        TOO_FEW_FILE_HANDLES,
                        1,
                        "IO error: While open a file: Too many open files in system (os error" + " 23)"),
                arguments(
                        TOO_FEW_THREADS,
                        1,
                        "java.lang.OutOfMemoryError: unable to create native thread: possibly out"
                                + " of memory or process/resource limits reached"),
                arguments(
                        TOO_FEW_THREADS,
                        101,
                        "failed to spawn thread: Os { code: 11, kind: WouldBlock, message:"
                                + " \"Resource temporarily unavailable\" }"),
                arguments(DISK_FULL, 1, "java.io.IOException: No space left on device"),
                arguments(
                        DISK_FULL,
                        101,
                        "IO error: No space left on device: While appending to file: 000012.log (os" + " error 28)"),
                arguments(DISK_FULL, 1, "write failed: Disk quota exceeded"));
    }

    static Stream<Arguments> textsAboutMemoryAndPrograms() {
        return Stream.of(
                arguments(OUT_OF_HEAP, 1, "Exception in thread \"main\" java.lang.OutOfMemoryError: Java heap space"),
                arguments(OUT_OF_HEAP, 3, "Terminating due to java.lang.OutOfMemoryError: GC overhead limit exceeded"),
                arguments(
                        OUT_OF_MEMORY,
                        1,
                        "# There is insufficient memory for the Java Runtime Environment to" + " continue."),
                arguments(OUT_OF_MEMORY, 134, "memory allocation of 8589934592 bytes failed"),
                arguments(
                        OUT_OF_MEMORY,
                        1,
                        "OpenJDK 64-Bit Server VM warning: INFO: os::commit_memory(0x7ef8b0000000,"
                                + " 966367641600, 0) failed; error='Not enough space' (errno=12)"),
                arguments(KILLED_FOR_MEMORY, 137, "Memory cgroup out of memory: oom-kill:constraint=CONSTRAINT_MEMCG"),
                arguments(KILLED_FOR_MEMORY, 137, "Out of memory: Killed process 4711 (java) total-vm:5271840kB"),
                arguments(
                        MISSING_LIBRARY,
                        127,
                        "./nomos-node: error while loading shared libraries: libssl.so.1.1:"
                                + " cannot open shared object file: No such file or directory"),
                arguments(MISSING_BINARY, 127, "sh: 1: nomos-node: not found"),
                arguments(MISSING_BINARY, 1, "Error: Could not find or load main class org.junitnomos.Gone"),
                arguments(NOT_EXECUTABLE, 126, "sh: 1: ./nomos-node: Permission denied"),
                arguments(WRONG_ARCHITECTURE, 126, "bash: ./nomos-node: cannot execute binary file: Exec format error"),
                arguments(WRONG_ARCHITECTURE, 1, "exec /usr/bin/nomos-node: exec format error"),
                arguments(WRONG_ARCHITECTURE, 127, "./nomos-node: 1: \u007fELF\u0002\u0001: not found"),
                arguments(CLOCK_JUMP, 101, "called `Result::unwrap()` on an `Err` value: SystemTimeError(1.5s)"),
                arguments(CLOCK_JUMP, 1, "WARN clock has jumped backwards by 12 s"));
    }

    @ParameterizedTest
    @CsvSource({
        "137, KILLED, 'exit code 137, SIGKILL'",
        "132, UNKNOWN_INSTRUCTION, 'exit code 132, SIGILL'",
        "139, CRASHED, 'exit code 139, SIGSEGV'",
        "134, CRASHED, 'exit code 134, SIGABRT'"
    })
    void knowsExitCodesThatSayEnough(int exitCode, Signature expected, String evidence) {
        assertThat(Diagnosis.of(Symptoms.ended(exitCode, List.of("INFO all is well"))))
                .contains(new Diagnosis(expected, evidence));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INFO imported 98 blocks, error: 28 of them late",
                "WARN peer validator-2: No such file or directory",
                "INFO the clock of validator-2 is 3 s ahead",
                "DEBUG Permission denied to peer 13",
                "INFO 24 open files",
                "WARN validator-3 not found",
                ""
            })
    void isNotSureOfTextsThatMayMeanAnything(String line) {
        assertThat(Diagnosis.of(Symptoms.ended(1, List.of(line)))).isEmpty();
    }

    @Test
    void prefersTheLastLineThatFits() {
        var output = List.of("port 1: Address already in use, taking another one", "port 2: Address already in use");
        assertThat(Diagnosis.of(Symptoms.ended(1, output)))
                .contains(new Diagnosis(PORT_TAKEN, "port 2: Address already in use"));
    }

    @Test
    void saysCauseEvidenceAndFixOnOneLine() {
        var diagnosis = new Diagnosis(PORT_TAKEN, "  Address already in use (os error 98)\n");
        assertThat(diagnosis.text())
                .isEqualTo("Probable cause: a port is taken (Address already in use (os error 98)). Fix: Let nodes bind"
                        + " port 0, or end the program that holds the port (ss -ltnp shows it); a node that an earlier"
                        + " run left behind holds it, too.");
    }

    @Test
    void keepsEvidenceShort() {
        assertThat(new Diagnosis(PORT_TAKEN, "x".repeat(300)).evidence())
                .hasSize(203)
                .endsWith("x...");
    }

    @ParameterizedTest
    @EnumSource
    void hasAFixForEveryCause(Signature signature) {
        assertThat(signature.label()).isNotBlank().doesNotEndWith(".");
        assertThat(signature.fix()).hasSizeGreaterThan(30).doesNotEndWith(".");
    }

    @Nested
    class OfAnEndedProcess {
        @TempDir
        Path directory;

        @Test
        void readsTheEndOfItsLog() throws IOException {
            var log = directory.resolve("validator-0.log");
            Files.writeString(log, "INFO Address already in use\n" + "INFO nothing\n".repeat(5000));
            Files.writeString(
                    log,
                    "ERROR No space left on device (os error 28)\nbye",
                    StandardCharsets.UTF_8,
                    java.nio.file.StandardOpenOption.APPEND);

            assertThat(Diagnosis.reasonOfEnd(Symptoms.ended(101, log)))
                    .isEqualTo("exit code 101; probable cause: the disk is full; fix: " + DISK_FULL.fix());
        }

        @Test
        void isContentWithoutALog() {
            assertThat(Diagnosis.reasonOfEnd(Symptoms.ended(101, directory.resolve("none.log"))))
                    .isEqualTo("exit code 101");
        }
    }
}
