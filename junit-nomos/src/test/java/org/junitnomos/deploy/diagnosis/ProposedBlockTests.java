package org.junitnomos.deploy.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitnomos.mantle.HeaderId;

class ProposedBlockTests {
    private static final HeaderId ID =
            HeaderId.fromHex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff000102030405060708090a0b0c0d0e0f");

    private static final String NUMBERS = IntStream.range(0, HeaderId.LENGTH)
            .map(i -> (0xf0 + i) % 256)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(", "));

    @Test
    void isReadAsDevNodesAndRealOnesWriteIt() {
        assertThat(ProposedBlock.of("INFO Proposed block " + ID + " at height 7 of slot 9 with 1 transactions"))
                .contains(ID);
        assertThat(ProposedBlock.of("2025-12-12T10:00:00.000001Z  INFO chain_leader: proposed block with id HeaderId(["
                        + NUMBERS + "]) containing 0 transactions (0 removed)"))
                .contains(ID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "INFO chain_leader: trying to propose a block for slot 155 but epoch state is not available",
                "proposed block with id HeaderId([1, 2, 3]) containing 0 transactions",
                "proposed block with id HeaderId([]) containing 0 transactions",
                "Received block f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff000102030405060708090a0b0c0d0e0f"
            })
    void otherLinesTellOfNone(String line) {
        assertThat(ProposedBlock.of(line)).isEmpty();
    }

    @Test
    void numbersThatAreNoBytesTellOfNone() {
        assertThat(ProposedBlock.of("proposed block with id HeaderId([" + NUMBERS.replace("255", "256") + "])"))
                .isEmpty();
        assertThat(ProposedBlock.of("proposed block with id HeaderId([" + NUMBERS.replace("255", "99999999999") + "])"))
                .isEmpty();
    }
}
