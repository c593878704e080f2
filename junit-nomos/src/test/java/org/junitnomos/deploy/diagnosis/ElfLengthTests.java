package org.junitnomos.deploy.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElfLengthTests {
    private static final int SEGMENTS = 2;
    private static final int SECTIONS = 3;

    @TempDir
    Path directory;

    /** A program of two segments, of which the second one ends at 1000, and a table of three sections behind them. */
    private static ByteBuffer program(boolean wide, ByteOrder order) {
        int segment = wide ? 56 : 32;
        int section = wide ? 64 : 40;
        var bytes = ByteBuffer.allocate(1_000 + SECTIONS * section).order(order);
        bytes.put(new byte[] {0x7f, 'E', 'L', 'F', (byte) (wide ? 2 : 1), (byte) (order == ByteOrder.BIG_ENDIAN ? 2 : 1)
        });
        int header = wide ? 64 : 52;
        word(bytes, wide, wide ? 32 : 28, header);
        word(bytes, wide, wide ? 40 : 32, 1_000);
        bytes.putShort(wide ? 54 : 42, (short) segment).putShort(wide ? 56 : 44, (short) SEGMENTS);
        bytes.putShort(wide ? 58 : 46, (short) section).putShort(wide ? 60 : 48, (short) SECTIONS);
        for (int i = 0; i < SEGMENTS; i++) {
            int at = header + i * segment;
            word(bytes, wide, at + (wide ? 8 : 4), 400 + i * 300);
            word(bytes, wide, at + (wide ? 32 : 16), 300);
        }
        return bytes;
    }

    private static void word(ByteBuffer bytes, boolean wide, int at, long value) {
        if (wide) {
            bytes.putLong(at, value);
        } else {
            bytes.putInt(at, (int) value);
        }
    }

    private Optional<String> cutOff(byte[] bytes) throws IOException {
        return ElfLength.cutOff(Files.write(directory.resolve("program"), bytes));
    }

    @ParameterizedTest
    @CsvSource({"true,false", "true,true", "false,false", "false,true"})
    void isWholeWithAllThatItsHeadersSpeakOf(boolean wide, boolean bigEndian) throws IOException {
        byte[] whole = program(wide, bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
                .array();

        assertThat(cutOff(whole)).isEmpty();
        for (int length : new int[] {4, 5, 6, 51, 63, 100, 400, 900, 1_000, whole.length - 1}) {
            assertThat(cutOff(Arrays.copyOf(whole, length)).orElseThrow())
                    .startsWith("was cut off: it has " + length + " bytes, and its headers speak of ");
        }
        assertThat(cutOff(Arrays.copyOf(whole, 900)))
                .hasValueSatisfying(text -> assertThat(text).endsWith(" speak of " + whole.length));
    }

    @Test
    void aSegmentBehindTheEndIsSeenWithoutSections() throws IOException {
        var stripped = program(true, ByteOrder.LITTLE_ENDIAN).putLong(40, 0).putShort(60, (short) 0);

        assertThat(cutOff(Arrays.copyOf(stripped.array(), 1_000))).isEmpty();
        assertThat(cutOff(Arrays.copyOf(stripped.array(), 999)))
                .contains("was cut off: it has 999 bytes, and its headers speak of 1000");
    }

    @Test
    void whatNoFileCanHaveIsMore() throws IOException {
        var odd = program(true, ByteOrder.LITTLE_ENDIAN).putLong(40, Long.MAX_VALUE);

        assertThat(cutOff(odd.array())).contains("was cut off: it has 1192 bytes, and its headers speak of more");
    }

    @Test
    void anotherFileIsNone() throws IOException {
        assertThat(cutOff(new byte[0])).isEmpty();
        assertThat(cutOff("#!/bin/sh\n".getBytes(StandardCharsets.UTF_8))).isEmpty();
    }
}
