package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junitnomos.testkit.ChildJvm;

/** A backend that never listens does not hang the build, neither in its deploy nor in its close. */
class HangingBackendTests {
    @TempDir
    Path directory;

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    deploy | VIRTUAL | the run did not end within its deadline of 2 s of real time     | the deploy
                    close  | VIRTUAL | the cleanup did not end within its limit of 3 s of real time    | the cleanup
                    close  | REAL    | the cleanup did not end within its limit of 3 s of real time    | the cleanup
                    shared | REAL    | was not removed within its limit of 3 s of real time            | the removal of the cluster
                    """)
    void endsTheJvm(String where, String time, String found, String what) throws Exception {
        var options = List.of("-D" + LastResort.HALT_AFTER + "=3000");
        var command = List.of(HangingMain.class.getName(), where, time, directory.toString());
        try (var child = ChildJvm.start(directory, options, command)) {
            assertThat(child.awaitEnd()).isEqualTo(JvmHalt.EXIT_CODE);
            assertThat(child.text())
                    .contains("scenario 'scripted'", found)
                    .contains(what + " runs at HangingMain.java:")
                    .contains("This JVM is halted now, with exit code 86.")
                    .doesNotContain("\nended");
        }
    }
}
