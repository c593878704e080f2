package org.junitnomos.deploy.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShortProgramTests {
    @TempDir
    Path directory;

    private ShortProgram.Result run(String script, Duration limit) throws IOException, InterruptedException {
        return ShortProgram.run(
                List.of("/bin/sh", "-c", script), Map.of("WORD", "done"), directory.resolve("output"), limit);
    }

    @Test
    void tellsHowItEndedAndWhatItWrote() throws Exception {
        assertThat(run("echo $WORD; exit 3", Duration.ofSeconds(30))).isEqualTo(new ShortProgram.Result(3, "done"));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void whatTakesTooLongIsKilledAndNamedWithTheLimit() {
        assertThatIOException()
                .isThrownBy(() -> run("exec sleep 300", Duration.ofMillis(100)))
                .withMessageStartingWith("[/bin/sh, -c, exec sleep 300] did not end within 100 ms");
        assertThat(directory).isEmptyDirectory();
    }
}
