package org.junitnomos.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogWatchTests {
    @TempDir
    Path directory;

    private final List<String> heard = new ArrayList<>();
    private Path log;

    @BeforeEach
    void begin() throws IOException {
        log = directory.resolve("validator-0.log");
        Files.writeString(log, "trouble of an earlier life\n");
    }

    private LogWatch watch() throws IOException {
        return new LogWatch(log, line -> line.contains("trouble") ? Optional.of(line) : Optional.empty());
    }

    private void write(String text) throws IOException {
        Files.writeString(log, text, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    }

    @Test
    void readsWhatWasWrittenSinceTheLifeBegan() throws IOException {
        var watch = watch();
        watch.onTrouble(heard::add);

        watch.read();
        write("fine\n\u001b[31mtrouble\u001b[0m with colors\nfi");
        watch.read();
        write("ne\ntrou");
        watch.read();
        write("ble in two parts\r\n");
        watch.read();
        watch.read();

        assertThat(heard).containsExactly("trouble with colors", "trouble in two parts");
        assertThat(watch.trouble()).contains("trouble with colors");
    }

    @Test
    void tellsLinesThatDifferInNumbersOnce() throws IOException {
        var watch = watch();
        watch.onTrouble(heard::add);

        write("trouble in slot 7\ntrouble in slot 8\nother trouble in slot 8\ntrouble in slot 19\n");
        watch.read();

        assertThat(heard).containsExactly("trouble in slot 7", "other trouble in slot 8");
    }

    @Test
    void tellsWhoComesLateWhatIsKnown() throws IOException {
        var watch = watch();
        write("trouble\n");
        watch.read();

        watch.onTrouble(heard::add);
        watch.read();

        assertThat(heard).containsExactly("trouble");
    }

    @Test
    void aLogThatIsGoneIsNoTrouble() throws IOException {
        var watch = watch();
        Files.delete(log);

        watch.read();

        assertThat(watch.trouble()).isEmpty();
    }
}
