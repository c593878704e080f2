package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.journal.JournalReader;
import org.junitnomos.testkit.ChildJvm;

/** A limit on the size of files is what a full disk is, and needs no rights. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "ulimit is a matter of Unix shells")
class FullDiskTests {
    /** In blocks of 512 bytes, as POSIX has it, or of 1,024, as some shells do: far less than a journal needs. */
    private static final int BLOCKS = 100;

    @TempDir
    Path directory;

    @Test
    void isInfrastructureNamedByItsCause() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var command = "ulimit -f " + BLOCKS + "; exec " + java + " -XX:-UsePerfData -XX:TieredStopAtLevel=1 -cp '"
                + ChildJvm.classPath() + "' " + FullDiskMain.class.getName() + " '" + directory + "'";
        try (var child = ChildJvm.run(directory, List.of("sh", "-c", command), Map.of())) {
            assertThat(child.await("verdict ")).isEqualTo("INFRASTRUCTURE");
            assertThat(child.await("failure "))
                    .contains("DeploymentException: the evidence is not whole: journal ")
                    .containsPattern(
                            "is not complete, it ends with event \\d+ of \\d+: writing failed: File too large\\.")
                    .endsWith("The limit on the size of files is reached (ulimit -f): raise it");

            var journal = JournalReader.read(Path.of(child.await("directory ")).resolve(RunResult.JOURNAL));
            assertThat(journal.tornBytes()).isZero();
            assertThat(journal.isComplete()).isFalse();
            assertThat(journal.events()).hasSizeGreaterThan(10);
        }
    }
}
