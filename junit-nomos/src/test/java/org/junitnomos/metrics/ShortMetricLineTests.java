package org.junitnomos.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lines that need not be taken apart. */
class ShortMetricLineTests {
    @Test
    void areReadAsAnyOther() {
        assertThat(MetricText.parse("a_b 0\nc 10\nd 007\ne 1234567890123456\nF 3\ng9 4\nh  5\ni 6 1700000000\n"))
                .containsExactly(
                        Map.entry("F", "3"),
                        Map.entry("a_b", "0"),
                        Map.entry("c", "10"),
                        Map.entry("d", "7"),
                        Map.entry("e", "1234567890123456"),
                        Map.entry("g9", "4"),
                        Map.entry("h", "5"),
                        Map.entry("i", "6"));
        assertThatThrownBy(() -> MetricText.parse("a 1\na 2\n")).hasMessageContaining("a is there twice");
    }
}
