package org.junitnomos.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VisibleTextTests {
    @Test
    void showsWhatTerminalsAndEditorsObey() {
        assertThat(VisibleText.of("a\u001b[2J\rb\u0007\u009b\u007f"))
                .isEqualTo("a\\u001b[2J\\u000db\\u0007\\u009b\\u007f");
        for (char c : "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u2028".toCharArray()) {
            assertThat(VisibleText.of("x" + c)).isEqualTo("x\\u" + String.format("%04x", (int) c));
        }
    }

    @Test
    void leavesEverythingElse() {
        String text = "na\u00efve \u05e9\u05dc\u05d5\u05dd \ud83d\ude00\n\tnext \\u001b";

        assertThat(VisibleText.of(text)).isSameAs(text);
    }

    @Test
    void aLineStaysOne() {
        assertThat(VisibleText.ofLine("a\n\tb")).isEqualTo("a\\u000a\tb");
    }
}
