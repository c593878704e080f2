package org.junitnomos.devnode.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTextTests {
    /** What is before it makes a text YAML and not JSON, and means nothing. */
    private static final String YAML = "# YAML\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{ \"a\" : [ ], \"b\" : { } }",
                "{\"a\":[1,-2,0,2147483648,-9223372036854775808,18446744073709551616],\"b\":[0.9,-1.5e3,1E-7]}",
                "{\"t\":true,\"f\":false,\"n\":null,\"s\":\"true\",\"e\":\"\"}",
                "{\"\\u00e9\\n\\t\\\"\\\\\\/\":\"\\u20ac äß\"}",
                "{\"a\":{\"b\":{\"c\":[[[\"d\"]]]}}}",
            })
    void readsJsonAsTheYamlItIs(String json) throws ConfigException {
        assertThat(ConfigText.parse(json)).isNotNull().isEqualTo(ConfigText.parse(YAML + json));
    }

    @Test
    void readsYamlThatLooksLikeJson() throws ConfigException {
        assertThat(ConfigText.parse("{ a: 1, b: [x, 'y'] } # and more"))
                .hasToString("{a=1, b=[x, y]}")
                .isEqualTo(ConfigText.parse("a: 1\nb:\n- x\n- y\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1,\"a\":2}", "{\"a\":1", "{\"a\":1}}", "{\"a\":1} {\"b\":2}"})
    void complainsOfJsonAsOfYaml(String wrong) {
        assertThatThrownBy(() -> ConfigText.parse(wrong))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("The configuration is no YAML: ");
    }

    @Test
    void refusesWhatIsNestedTooDeeply() {
        assertThatThrownBy(() -> ConfigText.parse("{\"a\":".repeat(100_000)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("The configuration is nested too deeply.");
    }
}
