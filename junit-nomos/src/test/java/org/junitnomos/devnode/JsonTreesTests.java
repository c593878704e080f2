package org.junitnomos.devnode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTreesTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "null",
                "[1,-2,2147483648,-9223372036854775808,18446744073709551616,0.5,-1.5E300]",
                "{\"a\":{\"b\":[true,false,null]},\"c\":\"ä\\\"\\\\\\n\\u0001\"}",
                "{\"a\":1,\"a\":2}",
            })
    void readsAndWritesAsAMapperDoes(String json) throws Exception {
        var mapper = new ObjectMapper();
        var tree = JsonTrees.read(bytes(json));

        assertThat(tree).isEqualTo(mapper.readTree(json));
        assertThat(new String(JsonTrees.write(tree), StandardCharsets.UTF_8)).isEqualTo(tree.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1,", "{\"a\"", "[1] 2", "nul", "{]"})
    void refusesWhatIsNoJson(String text) {
        assertThatThrownBy(() -> JsonTrees.read(bytes(text))).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void refusesWhatIsNestedTooDeeply() {
        assertThatThrownBy(() -> JsonTrees.read(bytes("[".repeat(100_000))))
                .isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void missesTheValueOfNothing() throws Exception {
        assertThat(JsonTrees.read(bytes(" ")).isMissingNode()).isTrue();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
