package org.junitnomos.deploy.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitnomos.deploy.diagnosis.Signature.CUT_OFF;
import static org.junitnomos.deploy.diagnosis.Signature.DISK_FULL;
import static org.junitnomos.deploy.diagnosis.Signature.KILLED;
import static org.junitnomos.deploy.diagnosis.Signature.MISSING_BINARY;
import static org.junitnomos.deploy.diagnosis.Signature.NOT_EXECUTABLE;
import static org.junitnomos.deploy.diagnosis.Signature.OUT_OF_HEAP;
import static org.junitnomos.deploy.diagnosis.Signature.PORT_TAKEN;
import static org.junitnomos.deploy.diagnosis.Signature.TOO_FEW_FILE_HANDLES;
import static org.junitnomos.deploy.diagnosis.Signature.WRONG_ARCHITECTURE;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Causes that are provoked on this machine, so that texts of this kernel, libc and JDK are known. */
@EnabledOnOs(OS.LINUX)
class ProvokedDiagnosisTests {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    @TempDir
    Path directory;

    private static Signature known(Symptoms symptoms) {
        return Diagnosis.of(symptoms)
                .map(Diagnosis::signature)
                .orElseThrow(() -> new AssertionError("no known cause of " + symptoms));
    }

    private static Symptoms run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            return Symptoms.ended(process.waitFor(), output.lines().toList());
        } finally {
            process.destroyForcibly();
        }
    }

    /** Runs a class of the tests in a JVM of its own, under limits that the shell sets. */
    private static Symptoms java(String limits, String options, String... arguments) throws Exception {
        var classes = Path.of(
                Victim.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        var command = limits + " exec '" + JAVA + "' -XX:TieredStopAtLevel=1 " + options + " -cp '" + classes + "' '"
                + Victim.class.getName() + "' " + String.join(" ", arguments);
        return run("sh", "-c", command);
    }

    private Path program(byte[] content) throws IOException {
        var file = Files.write(directory.resolve("node"), content);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    /** A program that gets into trouble. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] arguments) throws Exception {
            var kept = new ArrayList<Object>();
            switch (arguments[0]) {
                case "heap" -> {
                    while (true) {
                        kept.add(new byte[1 << 20]);
                    }
                }
                case "files" -> {
                    while (true) {
                        kept.add(Files.newInputStream(Path.of("/dev/null")));
                    }
                }
                case "disk" -> Files.writeString(Path.of("/dev/full"), "one line");
                case "port" ->
                    kept.add(new ServerSocket(Integer.parseInt(arguments[1]), 1, InetAddress.getLoopbackAddress()));
                default -> throw new IllegalArgumentException(arguments[0]);
            }
        }
    }

    @Test
    void aHeapThatIsUsedUp() throws Exception {
        assertThat(known(java("", "-Xmx16m", "heap"))).isEqualTo(OUT_OF_HEAP);
    }

    @Test
    void tooFewFileHandles() throws Exception {
        assertThat(known(java("ulimit -n 64;", "-Xmx64m", "files"))).isEqualTo(TOO_FEW_FILE_HANDLES);
    }

    @Test
    void aFullDisk() throws Exception {
        assertThat(known(java("", "-Xmx64m", "disk"))).isEqualTo(DISK_FULL);
    }

    @Test
    void aTakenPort() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(known(java("", "-Xmx64m", "port", Integer.toString(taken.getLocalPort()))))
                    .isEqualTo(PORT_TAKEN);
        }
    }

    @Test
    void aKill() throws Exception {
        assertThat(Diagnosis.of(run("sh", "-c", "kill -9 $$")))
                .contains(new Diagnosis(KILLED, "exit code 137, SIGKILL"));
    }

    @Nested
    class OfAProgram {
        @Test
        void thatIsMissing() {
            var file = directory.resolve("none");
            assertThatThrownBy(() -> run(file.toString()))
                    .isInstanceOfSatisfying(
                            IOException.class,
                            e -> assertThat(known(Symptoms.notStarted(e))).isEqualTo(MISSING_BINARY));
            assertThat(ProgramFile.check(file)).contains(new Diagnosis(MISSING_BINARY, file + " does not exist"));
        }

        @Test
        void thatMayNotBeExecuted() throws IOException {
            var file = Files.writeString(directory.resolve("node"), "#!/bin/sh\n");
            assertThatThrownBy(() -> run(file.toString()))
                    .isInstanceOfSatisfying(
                            IOException.class,
                            e -> assertThat(known(Symptoms.notStarted(e))).isEqualTo(NOT_EXECUTABLE));
            assertThat(ProgramFile.check(file))
                    .contains(new Diagnosis(NOT_EXECUTABLE, file + " has no permission to execute"));
            assertThat(ProgramFile.check(directory))
                    .contains(new Diagnosis(MISSING_BINARY, directory + " is a directory"));
        }

        @Test
        void forAnotherMachine() throws Exception {
            var elf = Files.readAllBytes(JAVA);
            elf[18] = (byte) (elf[18] == 62 ? 183 : 62);
            elf[19] = 0;
            var file = program(elf);

            assertThat(ProgramFile.check(file)).hasValueSatisfying(diagnosis -> {
                assertThat(diagnosis.signature()).isEqualTo(WRONG_ARCHITECTURE);
                assertThat(diagnosis.evidence())
                        .startsWith(file + " is a program for " + (elf[18] == 62 ? "x86_64" : "aarch64"))
                        .contains("this machine is Linux on " + System.getProperty("os.arch"));
            });
        }

        @Test
        void thatWasCutOff() throws Exception {
            var whole = Files.readAllBytes(JAVA);
            for (int length : new int[] {4, 60, 300, whole.length / 2, whole.length - 1}) {
                var file = program(Arrays.copyOf(whole, length));

                assertThat(ProgramFile.check(file)).hasValueSatisfying(diagnosis -> {
                    assertThat(diagnosis.signature()).isEqualTo(CUT_OFF);
                    assertThat(diagnosis.evidence())
                            .startsWith(file + " was cut off: it has " + length + " bytes, and its headers speak of ");
                });
            }
        }

        @Test
        void thatTheShellTookForAScript() throws Exception {
            var file =
                    program(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, (byte) 183, 0});
            assertThat(known(run(file.toString()))).isEqualTo(WRONG_ARCHITECTURE);
        }

        @Test
        void forThisMachine() throws IOException {
            assertThat(ProgramFile.check(JAVA)).isEmpty();
            assertThat(ProgramFile.check(program("#!/bin/sh\n".getBytes(StandardCharsets.UTF_8))))
                    .isEmpty();
        }

        @Test
        void isJudgedByItsFirstBytes() {
            var arm = new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, (byte) 183, 0};
            var sparc = new byte[] {0x7f, 'E', 'L', 'F', 2, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 43};
            assertThat(ProgramFile.foreign(arm, "Linux", "aarch64")).isEmpty();
            assertThat(ProgramFile.foreign(arm, "Linux", "arm64")).isEmpty();
            assertThat(ProgramFile.foreign(arm, "Linux", "amd64"))
                    .contains("a program for aarch64, this machine is Linux on amd64");
            assertThat(ProgramFile.foreign(arm, "Mac OS X", "aarch64"))
                    .contains("a program for Linux, this machine is Mac OS X on aarch64");
            assertThat(ProgramFile.foreign(sparc, "Linux", "amd64"))
                    .contains("a program for machine number 43, this machine is Linux on amd64");
            assertThat(ProgramFile.foreign(new byte[] {0x7f, 'E', 'L', 'F'}, "Linux", "amd64"))
                    .isEmpty();
            assertThat(ProgramFile.foreign(new byte[] {'M', 'Z', 0}, "Linux", "amd64"))
                    .contains("a program for Windows, this machine is Linux on amd64");
            assertThat(ProgramFile.foreign(
                            new byte[] {(byte) 0xcf, (byte) 0xfa, (byte) 0xed, (byte) 0xfe}, "Linux", "amd64"))
                    .contains("a program for macOS, this machine is Linux on amd64");
            for (var script : List.of("#!/bin/sh", "", "x")) {
                assertThat(ProgramFile.foreign(script.getBytes(StandardCharsets.UTF_8), "Linux", "amd64"))
                        .isEmpty();
            }
        }
    }
}
