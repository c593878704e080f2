package org.junitnomos.devnode.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class NameLookupMainTests {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) throws InterruptedException {
        return NameLookupMain.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @Test
    void printsTheAddress() throws InterruptedException {
        assertThat(run("127.0.0.2")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines("127.0.0.2");
    }

    @Test
    void saysThatThereIsNone() throws InterruptedException {
        assertThat(run("no such name")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("No address: no such name");
    }

    @Test
    void needsAName() throws InterruptedException {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualToIgnoringNewLines("Expected one argument, the name to look up, but was 0 arguments.");
    }
}
