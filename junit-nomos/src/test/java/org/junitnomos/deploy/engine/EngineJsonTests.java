package org.junitnomos.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineJsonTests {
    @Test
    void readsEverythingThatAnEngineWrites() throws IOException {
        assertThat(
                        EngineJson.parse(
                                " [ {\"Id\" : \"a\\\"\\\\\\/\\u00e4\\n\", \"Size\":-1.5e3, \"Labels\":{}, \"Up\":true,\n\"Down\":false}, [], null ]\n"))
                .isEqualTo(Arrays.asList(
                        Map.of("Id", "a\"\\/ä\n", "Size", -1500.0, "Labels", Map.of(), "Up", true, "Down", false),
                        List.of(),
                        null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[",
                "[1",
                "[1,",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{a:1}",
                "\"a",
                "\"\\",
                "\"\\u12",
                "\"\\x\"",
                "tru",
                "nul",
                "1 2",
                "--",
                "<html>",
                "[1 2]",
                "{\"a\":1,}"
            })
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> EngineJson.parse(text))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("not JSON: expected ");
    }

    @Test
    void refusesToDigTooDeep() {
        assertThatThrownBy(() -> EngineJson.parse("[".repeat(100_000)))
                .isInstanceOf(IOException.class)
                .hasMessage("not JSON: expected at most 64 levels at character 65 of 100000");
    }
}
