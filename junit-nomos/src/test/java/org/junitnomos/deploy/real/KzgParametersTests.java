package org.junitnomos.deploy.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KzgParametersTests {
    @TempDir
    Path directory;

    /** Parameters of so many powers, whose points are all zero. */
    private static byte[] parameters(int powers) {
        int hiding = 8 + powers * 96;
        int negative = hiding + 8 + (powers + 1) * (8 + 96) + 2 * 192;
        return ByteBuffer.allocate(negative + 8 + powers * (8 + 192))
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(0, powers)
                .putLong(hiding, powers + 1)
                .putLong(negative, powers)
                .array();
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(directory.resolve("kzgrs_test_params"), bytes);
    }

    @Test
    void thoseOfTheNodesSourcesAreAsLongAsTheContractSays() throws IOException {
        byte[] whole = parameters(8_193);

        assertThat(whole).as("node contract 4.2").hasSize(3_277_712);
        assertThat(DataFile.unusable(file(whole), KzgParameters::length)).isEmpty();
        Path cut = file(Arrays.copyOf(whole, whole.length - 1));
        assertThat(DataFile.unusable(cut, KzgParameters::length))
                .contains(cut + " was cut off: it has 3277711 bytes, and what it begins with speaks of 3277712");
    }

    @Test
    void anythingLessIsCutOff() throws IOException {
        byte[] whole = parameters(3);

        assertThat(DataFile.unusable(file(whole), KzgParameters::length)).isEmpty();
        for (int length = 1; length < whole.length; length += 7) {
            Path cut = file(Arrays.copyOf(whole, length));
            assertThat(DataFile.unusable(cut, KzgParameters::length).orElseThrow())
                    .startsWith(cut + " was cut off: it has " + length + " bytes, ");
        }
    }

    @Test
    void anotherFormIsNotJudged() throws IOException {
        byte[] odd = parameters(3);
        odd[7] = 1;
        assertThat(DataFile.unusable(file(Arrays.copyOf(odd, 100)), KzgParameters::length))
                .isEmpty();

        byte[] other = parameters(3);
        other[8 + 3 * 96 + 7] = 1; // more powers for hiding than anybody has
        assertThat(DataFile.unusable(file(Arrays.copyOf(other, 400)), KzgParameters::length))
                .isEmpty();
    }
}
