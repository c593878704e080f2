package org.junitnomos.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SeededRandomsTests {

    private static final long PINNED_TRANSACTIONS = 7_496_098_984_609_269_688L;
    private static final long PINNED_BLOCKS = 4_396_503_833_720_574_848L;

    @Test
    void giveTheSameStreamForTheSameName() {
        SeededRandoms randoms = new SeededRandoms(42);
        assertThat(randoms.seed()).isEqualTo(42);
        assertThat(randoms.random("transactions")).isSameAs(randoms.random("transactions"));
        assertThat(randoms.random("transactions")).isNotSameAs(randoms.random("faults"));
    }

    @Test
    void repeatForTheSameSeedWhateverElseIsDrawn() {
        Random alone = new SeededRandoms(42).random("transactions");
        SeededRandoms both = new SeededRandoms(42);
        both.random("faults").nextLong();
        Random beside = both.random("transactions");
        for (int i = 0; i < 10; i++) {
            both.random("faults").nextLong();
            assertThat(beside.nextLong()).isEqualTo(alone.nextLong());
        }
    }

    @Test
    void differForOtherSeedsAndForNamesWithEqualHashCodes() {
        assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
        assertThat(SeededRandoms.streamSeed(42, "Aa")).isNotEqualTo(SeededRandoms.streamSeed(42, "BB"));
        assertThat(SeededRandoms.streamSeed(42, "a")).isNotEqualTo(SeededRandoms.streamSeed(43, "a"));
        assertThat(SeededRandoms.streamSeed(0, "")).isNotZero();
    }

    @Test
    void neverChangeBetweenReleases() {
        assertThat(SeededRandoms.streamSeed(42, "transactions")).isEqualTo(PINNED_TRANSACTIONS);
        assertThat(SeededRandoms.streamSeed(-1, "blöcke")).isEqualTo(PINNED_BLOCKS);
    }
}
