package org.junitnomos.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MisspellingTests {

    @ParameterizedTest
    @CsvSource({"memory, memory, 0", "memroy, memory, 2", "'', abc, 3", "abc, '', 3", "cpu, cpus, 1", "abcd, acbd, 2"})
    void countsLettersThatDiffer(String a, String b, int distance) {
        assertThat(Misspelling.distance(a, b)).isEqualTo(distance);
    }

    @Test
    void findsTheNearestNameThatIsNotFar() {
        assertThat(Misspelling.nearest("pul", List.of("cpus", "pull", "pulp"))).contains("pull");
        assertThat(Misspelling.nearest("architecture", List.of("cpus", "pull"))).isEmpty();
        assertThat(Misspelling.nearest("pull", List.of())).isEmpty();
    }
}
