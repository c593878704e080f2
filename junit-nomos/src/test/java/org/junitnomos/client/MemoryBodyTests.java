package org.junitnomos.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class MemoryBodyTests {
    private final byte[] bytes = {1, 2, 3};

    @Test
    void givesAllWithoutACopyAndThenNothing() throws IOException {
        var body = new MemoryBody(bytes);

        assertThat(body.readNBytes(100)).isSameAs(bytes);
        assertThat(body.readNBytes(100)).isEmpty();
        assertThat(body.read()).isEqualTo(-1);
    }

    @Test
    void givesPartsAsAnyStreamDoes() throws IOException {
        var body = new MemoryBody(bytes);

        assertThat(body.readNBytes(2)).containsExactly(1, 2);
        assertThat(body.readNBytes(0)).isEmpty();
        assertThat(body.readNBytes(2)).containsExactly(3);
    }
}
