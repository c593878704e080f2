package org.junitnomos.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LastAnswerTests {
    private int read;

    private final LastAnswer<String> answers = new LastAnswer<>(body -> {
        read++;
        String text = new String(body, StandardCharsets.UTF_8);
        if (text.equals("bad")) {
            throw new IOException("bad answer");
        }
        return text;
    });

    private String answer(String body) throws IOException {
        return answers.read(body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsAnAnswerAgainOnlyIfItDiffersFromTheOneBefore() throws IOException {
        assertThat(answer("one")).isEqualTo("one");
        assertThat(answer("one")).isEqualTo("one");
        assertThat(answer("two")).isEqualTo("two");
        assertThat(answer("one")).isEqualTo("one");
        assertThat(read).isEqualTo(3);
    }

    @Test
    void refusesABadAnswerEveryTime() {
        assertThatThrownBy(() -> answer("bad")).hasMessage("bad answer");
        assertThatThrownBy(() -> answer("bad")).hasMessage("bad answer");
    }
}
