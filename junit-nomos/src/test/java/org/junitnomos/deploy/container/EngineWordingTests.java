package org.junitnomos.deploy.container;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineWordingTests {

    @Test
    void isWhatTheEngineSaidWithoutItsWrapping() {
        var failure = new IllegalStateException("Status 500: {\"message\":\"no such \\\"thing\\\".\"}\n");

        assertThat(EngineWording.by(failure)).isEqualTo("no such \"thing\"");
        assertThat(EngineWording.by(new IllegalStateException("broken pipe"))).isEqualTo("broken pipe");
        assertThat(EngineWording.by(null)).isEqualTo("it did not say why");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        exec: "/bin/a": stat /bin/a: no such file or directory: unknown | The program is not in the image: correct \
        'nomos.container.command', 'nomos.container.entry-point' or 'nomos.container.image'.
        exec: "a": executable file not found in $PATH | The program is not in the image: correct \
        'nomos.container.command', 'nomos.container.entry-point' or 'nomos.container.image'.
        exec: "/a": permission denied: unknown | The program may not be executed: mend its rights in the image.
        exec /a: exec format error | The image is for another kind of processor: choose one for that of the engine.
        write /x: no space left on device | Make room where the engine keeps its data (docker system df).
        """)
    void comesWithAdviceWhereTheCauseIsKnown(String said, String advice) {
        assertThat(EngineWording.advice(
                        new IllegalStateException("{\"message\":\"" + said.replace("\"", "\\\"") + "\"}")))
                .isEqualTo(" " + advice);
    }

    @Test
    void comesWithoutAdviceElsewhere() {
        assertThat(EngineWording.advice(new IllegalStateException("no such container")))
                .isEmpty();
    }
}
