package org.junitnomos.deploy.process;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.deploy.program.ChildJvm;

class TrainingRoomTests {
    @Test
    void namesTheDirectoryForTemporaryFilesFirst(@TempDir Path root) throws IOException {
        var file = Files.createFile(root.resolve("no-directory"));
        var jvm = new ChildJvm(Path.of("java"), "none.jar", List.of());

        assertThatThrownBy(() -> new Training(jvm, jvm).runBelow(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("nothing can be written to the directory for temporary files, " + file + ": ")
                .hasMessageEndingWith(". Make room there, or name another one: -Djava.io.tmpdir in the options of the"
                        + " test JVM (argLine of Surefire)");
    }
}
