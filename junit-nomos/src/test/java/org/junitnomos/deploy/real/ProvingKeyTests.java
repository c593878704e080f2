package org.junitnomos.deploy.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitnomos.realnode.RecordedAnswers;

class ProvingKeyTests {
    private static final BigInteger PRIME =
            new BigInteger("21888242871839275222246405745257275088696311157297823662689037894645226208583");
    private static final int COORDINATE = 32;

    @TempDir
    Path directory;

    /** A small file of snarkjs: its header, with the first coordinate of delta in G2, and one more section. */
    static byte[] zkey(String delta) {
        var bytes = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("zkey".getBytes(StandardCharsets.US_ASCII)).putInt(1).putInt(3);
        bytes.putInt(1).putLong(4).putInt(1);
        bytes.putInt(2).putLong(660);
        bytes.putInt(COORDINATE).put(little(PRIME));
        bytes.putInt(COORDINATE).put(little(PRIME.subtract(BigInteger.TWO)));
        bytes.putInt(7715).putInt(33).putInt(8192);
        for (int i = 1; i <= 14; i++) {
            bytes.put(little(BigInteger.valueOf(i)));
        }
        bytes.put(little(new BigInteger(delta).shiftLeft(256).mod(PRIME)));
        bytes.put(new byte[3 * COORDINATE]);
        bytes.putInt(3).putLong(40).put(new byte[40]);
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private static byte[] little(BigInteger value) {
        byte[] big = value.toByteArray();
        byte[] little = new byte[COORDINATE];
        for (int i = 0; i < Math.min(big.length, COORDINATE); i++) {
            little[i] = big[big.length - 1 - i];
        }
        return little;
    }

    @Test
    void hasTheDeltaThatVerificationKeysWrite() throws IOException {
        String delta = RecordedAnswers.read("zksign.json")
                .at("/verificationKey/vk_delta_2/0/0")
                .asText();
        Path file = Files.write(directory.resolve("proving_key.zkey"), zkey(delta));

        assertThat(ProvingKey.read(file)).contains(new ProvingKey(file, delta));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 30, 300, 603})
    void whatWasCutOffIsNoKey(int length) throws IOException {
        Path file = Files.write(directory.resolve("proving_key.zkey"), Arrays.copyOf(zkey("5"), length));

        assertThat(ProvingKey.read(file)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 11, 20, 30, 603, 700, 751})
    void isNotWholeWithoutAllOfItsSections(int length) throws IOException {
        byte[] whole = zkey("5");
        Path file = Files.write(directory.resolve("proving_key.zkey"), Arrays.copyOf(whole, length));

        assertThat(DataFile.unusable(file, ProvingKey::length).orElseThrow())
                .startsWith(file + " was cut off: it has " + length + " bytes, and what it begins with speaks of ");
        Files.write(file, whole);
        assertThat(DataFile.unusable(file, ProvingKey::length)).isEmpty();
    }

    @Test
    void aLengthThatNoSectionHasIsAnotherForm() throws IOException {
        byte[] odd = zkey("5");
        odd[12 + 4 + 7] = -1; // the last byte of the length of the first section
        Path file = Files.write(directory.resolve("proving_key.zkey"), odd);

        assertThat(DataFile.unusable(file, ProvingKey::length)).isEmpty();
    }

    @Test
    void anotherFileIsNoKey() throws IOException {
        assertThat(ProvingKey.read(Files.writeString(directory.resolve("key"), "some text that is long enough")))
                .isEmpty();
    }
}
