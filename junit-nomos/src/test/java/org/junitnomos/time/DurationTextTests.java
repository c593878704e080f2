package org.junitnomos.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTests {

    @ParameterizedTest
    @CsvSource({
        "30s, PT30S",
        "1500ms, PT1.5S",
        "2m, PT2M",
        "10 min, PT10M",
        "1h, PT1H",
        "PT30S, PT30S",
        "90 s, PT90S",
        "1.5h, PT1H30M",
        "2d, PT48H",
        "0s, PT0S",
        "' 5 ms ', PT0.005S",
        "7us, PT0.000007S",
        "3NS, PT0.000000003S",
        "pt1h, PT1H",
        "0.001us, PT0.000000001S",
        "5 sec, PT5S"
    })
    void reads(String text, Duration expected) {
        assertThat(DurationText.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "", "30", "-5s", "PT-5S", "1.s", ".5s", "1 fortnight", "0.1ns", "PT", "5s 3ms"})
    void refusesWhatIsNoDuration(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DurationText.parse(text))
                .withMessage("'" + text + "' is no duration (30s, 1500ms, 2m, 1h, PT30S)");
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DurationText.parse("200000d"))
                .withMessage("'200000d' is too long a duration: at most about 292 years");
    }

    @ParameterizedTest
    @CsvSource({
        "PT10M, 10 min",
        "PT1.5S, 1.5 s",
        "PT0.25S, 250 ms",
        "PT0S, 0 s",
        "PT1H30M, 1.5 h",
        "PT90S, 1.5 min",
        "PT0.000000007S, 7 ns",
        "PT0.0000015S, 1.5 us",
        "PT59.9994S, 59.999 s",
        "PT-3S, -3 s",
        "PT100H, 100 h",
        "PT1.0004S, 1 s"
    })
    void writes(Duration duration, String expected) {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));
            assertThat(DurationText.format(duration)).isEqualTo(expected);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void writesTheLongestDuration() {
        assertThat(DurationText.format(Timeline.FOREVER)).isEqualTo("2562047788015215.502 h");
        assertThat(DurationText.ofNanos(1_000)).isEqualTo("1 us");
    }
}
