package org.junitnomos.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The text is that of the Prometheus exposition format, version 0.0.4. */
class MetricTextTests {
    @Test
    void readsWhatTheFormatAllows() {
        assertThat(MetricText.parse(String.join(
                        "\n",
                        "# HELP http_requests_total The total number of HTTP requests.",
                        "# TYPE http_requests_total counter",
                        "http_requests_total{method=\"post\",code=\"200\"} 1027 1395066363000",
                        "http_requests_total{code=\"400\",method=\"post\",}    3 -1395066363000",
                        "",
                        "# Escaping in label values:",
                        "msdos_file_access_time{path=\"C:\\\\DIR\\\\FILE.TXT\",error=\"no \\\"x\\\":\\n at { , }\"} 1.5e9",
                        "metric_without_timestamp_and_labels 12.47",
                        "  blanks:around \t{ a = \"\" , b=\"ä\" }\t-.5\t\r",
                        "#no comment is too short",
                        "rpc_duration_seconds{quantile=\"0.01\"} 3102",
                        "empty{} +Inf",
                        "minus -Inf",
                        "not_a_number NaN",
                        "small 1e-7",
                        "large 1E+300",
                        "integer 9007199254740991",
                        "")))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("http_requests_total{code=\"200\",method=\"post\"}", "1027"),
                        Map.entry("http_requests_total{code=\"400\",method=\"post\"}", "3"),
                        Map.entry(
                                "msdos_file_access_time{error=\"no \\\"x\\\":\\n at { , }\",path=\"C:\\\\DIR\\\\FILE.TXT\"}",
                                "1500000000"),
                        Map.entry("metric_without_timestamp_and_labels", "12.47"),
                        Map.entry("blanks:around{a=\"\",b=\"ä\"}", "-0.5"),
                        Map.entry("rpc_duration_seconds{quantile=\"0.01\"}", "3102"),
                        Map.entry("empty", "+Inf"),
                        Map.entry("minus", "-Inf"),
                        Map.entry("not_a_number", "NaN"),
                        Map.entry("small", "0.0000001"),
                        Map.entry("large", "1E+300"),
                        Map.entry("integer", "9007199254740991")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a | expected a number but was ''",
                "a b | expected a number but was 'b'",
                "a 1d | expected a number but was '1d'",
                "a 0x10 | expected a number but was '0x10'",
                "a 1 soon | expected a value, and perhaps a time, but was '1 soon'",
                "a 1 2 3 | expected a value, and perhaps a time, but was '1 2 3'",
                "1a 1 | '1a' is no name of a metric",
                "<html> | expected the name of a metric but was '<'",
                "a{b=\"c\" 1 | expected '}' but was '1'",
                "a{b=\"c\" d=\"e\"} 1 | expected '}' but was 'd'",
                "a{b=\"c} 1 | expected '\"' but was the end",
                "a{b=c} 1 | expected '\"' but was 'c'",
                "a{\"c\"} 1 | expected the name of a label or '}' but was '\"'",
                "a{b:c=\"d\"} 1 | 'b:c' is no name of a label",
                "a{b=\"c\",b=\"d\"} 1 | label 'b' is there twice",
                "a{b=\"\\t\"} 1 | expected \\\\, \\\" or \\n but was a backslash and then 't'",
                "good 2 | good is there twice",
            })
    void refusesWhatIsMalformed(String line, String problem) {
        assertThatThrownBy(() -> MetricText.parse("# first\ngood 1\n" + line + "\nlater 1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("line 3: " + problem);
    }

    @Test
    void quotesLittleOfALineThatIsLong() {
        assertThatThrownBy(() -> MetricText.parse("a " + "b".repeat(4_000)))
                .hasMessage("line 1: expected a number but was '" + "b".repeat(53) + " … " + "b".repeat(79) + "'");
        assertThatThrownBy(() -> MetricText.parse("a{b=\"" + "c".repeat(5_000) + "\"} 1"))
                .hasMessage("line 1: expected at most 4096 characters but was 5009");
    }

    @Test
    void refusesMoreMetricsThanANodeHas() {
        var text = IntStream.rangeClosed(0, MetricText.MOST_METRICS)
                .mapToObj(i -> "m" + i + " 1\n")
                .collect(Collectors.joining());

        assertThatThrownBy(() -> MetricText.parse(text))
                .hasMessage("line 1001: expected at most 1000 metrics but there are more");
    }

    @Test
    void metricsAreFoundByTheLabelsThatAreNamed() {
        var metric = Metric.parse("requests{route=\"/x\",method=\"get\"}");

        assertThat(metric).hasToString("requests{method=\"get\",route=\"/x\"}");
        assertThat(Metric.parse("requests").matches(metric)).isTrue();
        assertThat(Metric.parse("requests{route=\"/x\"}").matches(metric)).isTrue();
        assertThat(Metric.parse("requests{route=\"/y\"}").matches(metric)).isFalse();
        assertThat(metric.matches(Metric.parse("requests"))).isFalse();
        assertThatThrownBy(() -> Metric.parse("requests 1"))
                .hasMessage("expected nothing after the metric but was '1'");
    }
}
