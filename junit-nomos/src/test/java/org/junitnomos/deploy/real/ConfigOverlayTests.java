package org.junitnomos.deploy.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junitnomos.deploy.real.TaggedYaml.map;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitnomos.deploy.real.TaggedYaml.Tagged;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.TopologySpec;

class ConfigOverlayTests {
    private static final TopologySpec TOPOLOGY = TopologySpec.of(2, 1);

    @TempDir
    Path directory;

    private ConfigOverlay read(String text) throws IOException {
        return ConfigOverlay.read(Files.writeString(directory.resolve("overlay.yaml"), text));
    }

    private static Map<String, @Nullable Object> laidOver(ConfigOverlay overlay, String node) {
        var configuration = map("a", map("b", 1, "c", 2), "d", "old", "e", List.of(1, 2));
        NodeSpec spec = TOPOLOGY.nodes().stream()
                .filter(each -> each.name().equals(node))
                .findFirst()
                .orElseThrow();
        overlay.apply(spec, configuration);
        return configuration;
    }

    @Test
    void whatIsForANodeGoesOverItsRoleAndThatOverAll() throws IOException {
        var overlay = read("""
                all: {a: {b: 10}, d: for all}
                validators: {a: {c: 20}, e: [3]}
                validator-1: {a: {b: 30, new: {x: true, y: null}}, d: !Otlp {ratio: 0.5}}
                """);

        assertThat(laidOver(overlay, "executor-0"))
                .isEqualTo(map("a", map("b", number(10), "c", 2), "d", "for all", "e", List.of(1, 2)));
        assertThat(laidOver(overlay, "validator-0"))
                .isEqualTo(map("a", map("b", number(10), "c", number(20)), "d", "for all", "e", List.of(number(3))));
        assertThat(laidOver(overlay, "validator-1"))
                .isEqualTo(map(
                        "a", map("b", number(30), "c", number(20), "new", map("x", true, "y", null)),
                        "d", new Tagged("Otlp", map("ratio", 0.5)),
                        "e", List.of(number(3))));
    }

    private static BigInteger number(long value) {
        return BigInteger.valueOf(value);
    }

    @Test
    void partsForNobodyAreRefusedByTheNamesThatThereAre() throws IOException {
        assertThat(ConfigOverlay.parse("o.yaml", "validator-7: {a: 1}").objections(TOPOLOGY))
                .containsExactly(
                        "The overlay of configurations in o.yaml has a part for \"validator-7\", expected one of"
                                + " [all, validators, executors, validator-0, validator-1, executor-0]. Correct the name, or leave"
                                + " the part out.");
        assertThat(read("all: {a: 1}\nexecutor-0: {b: 1}").objections(TOPOLOGY)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"- a", "text", "all: 7", "all: [1]"})
    void otherShapesAreRefusedWithTheLine(String text) {
        assertThatIOException()
                .isThrownBy(() -> read(text))
                .withMessageMatching(".*overlay.yaml has no overlay at line [0-9]+: expected mappings for 'all', .*");
    }

    @Test
    void whatIsNoYamlIsNamed() {
        assertThatIOException()
                .isThrownBy(() -> read("all:\n  ? [a]\n  : 1"))
                .withMessageContaining("overlay.yaml is no YAML: ");
        assertThatIOException()
                .isThrownBy(() -> read("all: {a: [}"))
                .withMessageContaining("overlay.yaml is no YAML: ");
        assertThatIOException()
                .isThrownBy(() -> ConfigOverlay.read(directory.resolve("none")))
                .withMessageContaining("none cannot be read");
    }

    @Test
    void anEmptyFileChangesNothing() throws IOException {
        assertThat(laidOver(read(""), "validator-0"))
                .isEqualTo(map("a", map("b", 1, "c", 2), "d", "old", "e", List.of(1, 2)));
    }
}
