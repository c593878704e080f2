package org.junitnomos.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings of where metrics go to, and come from. */
class MetricSettingsTests {
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> properties = new HashMap<>();

    private RunSettings read() {
        return RunSettings.read(name -> Optional.empty(), environment, properties);
    }

    @Test
    void sayNothingByThemselves() {
        assertThat(read().metricsIngest()).isNull();
        assertThat(read().metricsQuery()).isNull();
        assertThat(read().observability()).isFalse();
    }

    @Test
    void keepTheMeaningOfTheVariablesOfTheOriginal() {
        environment.put("NOMOS_METRICS_OTLP_INGEST_URL", "http://localhost:9090/api/v1/otlp/v1/metrics");
        assertThat(read().metricsIngest()).hasToString("http://localhost:9090/api/v1/otlp/v1/metrics");

        environment.put("NOMOS_OTLP_METRICS_ENDPOINT", "https://metrics.example/v1/metrics");
        assertThat(read().metricsIngest()).hasToString("https://metrics.example/v1/metrics");
    }

    @Test
    void nameAPrometheus() {
        environment.put("NOMOS_METRICS_QUERY_URL", "http://localhost:9090");
        environment.put("NOMOS_OBSERVABILITY", "1");

        assertThat(read().metricsQuery()).hasToString("http://localhost:9090");
        assertThat(read().observability()).isTrue();
    }

    @Test
    void nameTheImageOfAPrometheus() {
        properties.put("nomos.observability.image", "prom/prometheus:v2.53.1");
        assertThat(read().observabilityImage()).isEqualTo("prom/prometheus:v2.53.1");

        properties.put("nomos.observability.image", "a b");
        assertThatThrownBy(this::read)
                .hasMessage("Setting 'nomos.observability.image' (system property) is \"a b\", expected the name of an"
                        + " image, without blanks, for example prom/prometheus:v2.53.1.");
    }

    @Test
    void nameNoImageInVain() {
        environment.put("NOMOS_METRICS_QUERY_URL", "http://localhost:9090");
        environment.put("NOMOS_OBSERVABILITY_IMAGE", "mine:1");

        assertThatThrownBy(this::read)
                .hasMessage(
                        "Setting 'NOMOS_OBSERVABILITY_IMAGE' (environment) is \"mine:1\", expected nothing, because"
                                + " nomos.metrics.query.url names a Prometheus that is there already, so that none is started.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nomos.otlp.metrics.endpoint | localhost:4318",
                "nomos.otlp.metrics.endpoint | http:// x",
                "nomos.metrics.otlp.ingest.url | ftp://x/y",
                "nomos.metrics.query.url | localhost",
            })
    void areRefusedUnlessTheyAreAddresses(String name, String text) {
        properties.put(name, text);

        assertThatThrownBy(this::read)
                .hasMessage("Setting '" + name + "' (system property) is \"" + text
                        + "\", expected an address such as http://localhost:9090.");
    }
}
