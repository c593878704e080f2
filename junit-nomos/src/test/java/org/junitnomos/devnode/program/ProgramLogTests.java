package org.junitnomos.devnode.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramLogTests {
    @TempDir
    Path directory;

    private String write(Map<String, String> environment) throws Exception {
        Path file = directory.resolve("new").resolve("node.log");
        try (ProgramLog log = new ProgramLog(file, environment, new SystemTime(Instant.EPOCH))) {
            log.core("DEBUG", "one");
            log.core("INFO", "two");
            log.debug("three");
            log.warn("four");
        }
        return Files.readString(file).replaceAll("(?m)^\\S+Z ", "");
    }

    @Test
    void writesInfoAndAboveByDefault() throws Exception {
        assertThat(write(Map.of())).isEqualTo("INFO devnode: two\nWARN program: four\n");
    }

    @Test
    void followsTheLevel() throws Exception {
        assertThat(write(Map.of("NOMOS_LOG_LEVEL", "warn"))).isEqualTo("WARN program: four\n");
    }

    @Test
    void followsTheFilterBeforeTheLevel() throws Exception {
        assertThat(write(Map.of("NOMOS_LOG_LEVEL", "off", "NOMOS_LOG_FILTER", "error,devnode=debug,libp2p=trace")))
                .isEqualTo("DEBUG devnode: one\nINFO devnode: two\n");
    }

    @Test
    void refusesALevelItDoesNotKnow() {
        assertThatThrownBy(() -> write(Map.of("NOMOS_LOG_FILTER", "devnode=loud")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("The environment variable NOMOS_LOG_FILTER has the level 'loud', expected one of"
                        + " [TRACE, DEBUG, INFO, WARN, ERROR, OFF].");
    }
}
