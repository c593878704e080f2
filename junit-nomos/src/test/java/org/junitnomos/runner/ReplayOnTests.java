package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ReplayOnTests {
    private final ReplayOn here = new ReplayOn("process", "my node 9.9", "1.2");

    @Test
    void takesWhatItWrote() {
        assertThatCode(() -> here.require(here.text())).doesNotThrowAnyException();
        assertThatCode(() -> here.require(new ReplayOn("process", "my node 9.9", null).text()))
                .doesNotThrowAnyException();
    }

    @Test
    void namesAllThatDiffers() {
        assertThatThrownBy(() -> here.require("embedded; dev node (simulated, rules 2025-12); 1.1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("This replays a run that was recorded on something else (setting 'nomos.replay.on'):"
                        + " backend was 'embedded', here it is 'process'; system under test was"
                        + " 'dev node (simulated, rules 2025-12)', here it is 'my node 9.9'; version of junit-nomos was '1.1', here"
                        + " it is '1.2'. Nothing was started. Replay it with the settings and dependencies that it"
                        + " had, or leave nomos.replay.on out to run the test here all the same.");
    }

    @Test
    void saysWhatItExpects() {
        assertThatThrownBy(() -> here.require("process"))
                .hasMessage("Setting 'nomos.replay.on' is \"process\", expected backend, system under test and"
                        + " version, as in \"process; my node 9.9; 1.2\".");
    }
}
