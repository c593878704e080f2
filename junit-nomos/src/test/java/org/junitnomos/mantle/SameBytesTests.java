package org.junitnomos.mantle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SameBytesTests {
    private final byte[] bytes = new byte[3000];

    SameBytesTests() {
        new Random(1).nextBytes(bytes);
    }

    @Test
    void areEqualByContent() {
        assertThat(new SameBytes(bytes.clone()))
                .isEqualTo(new SameBytes(bytes))
                .hasSameHashCodeAs(new SameBytes(bytes));
    }

    @Test
    void differInAnyByte() {
        for (int i = 0; i < bytes.length; i++) {
            byte[] other = bytes.clone();
            other[i]++;
            assertThat(new SameBytes(other)).as("byte %d", i).isNotEqualTo(new SameBytes(bytes));
        }
        assertThat(new SameBytes(Arrays.copyOf(bytes, 2999))).isNotEqualTo(new SameBytes(bytes));
    }

    @Test
    void blocksThatWereReadOnceAreNotMixedUpWithOthers() {
        Block block = MantleFixtures.block(new Random(3));
        byte[] json = MantleJson.encode(block);
        assertThat(MantleJson.decodeOptionalBlock(json)).contains(block);
        Arrays.fill(json, (byte) ' ');
        byte[] none = "null".getBytes(StandardCharsets.UTF_8);
        System.arraycopy(none, 0, json, 0, none.length);

        assertThat(MantleJson.decodeOptionalBlock(json)).isEmpty();
        assertThat(MantleJson.decodeOptionalBlock(MantleJson.encode(block))).contains(block);
    }
}
