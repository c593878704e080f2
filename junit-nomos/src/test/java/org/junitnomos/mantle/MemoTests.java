package org.junitnomos.mantle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MemoTests {

    @Test
    void forgetsFirstWhatWasNotUsedForLongest() {
        Memo<String, Integer> memo = Memo.ofLastUsed(2);
        memo.put("a", 1);
        memo.put("b", 2);
        assertThat(memo.get("a")).isEqualTo(1);
        memo.put("c", 3);
        assertThat(memo.contains("a")).isTrue();
        assertThat(memo.contains("b")).isFalse();
    }

    @Test
    void forgetsFirstWhatWasAddedFirst() {
        Memo<String, Integer> memo = Memo.ofLastAdded(2);
        memo.put("a", 1);
        memo.put("b", 2);
        assertThat(memo.get("a")).isEqualTo(1);
        memo.put("c", 3);
        assertThat(memo.contains("a")).isFalse();
        assertThat(memo.get("b")).isEqualTo(2);
    }

    @Test
    void computesWhatItDoesNotRemember() {
        Memo<Integer, Integer> memo = Memo.ofLastUsed(8);
        AtomicInteger computed = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            assertThat(memo.get(4, number -> computed.incrementAndGet() * number))
                    .isEqualTo(4);
        }
        memo.remove(4);
        assertThat(memo.get(4, number -> computed.incrementAndGet() * number)).isEqualTo(8);
    }

    @Test
    void keepsTheFirstOfEqualValues() {
        Memo<String, String> memo = Memo.ofLastUsed(8);
        String first = new String("same");
        assertThat(memo.keep(first, first)).isSameAs(first);
        String second = new String("same");
        assertThat(memo.keep(second, second)).isSameAs(first);
        memo.clear();
        assertThat(memo.keep(second, second)).isSameAs(second);
    }
}
