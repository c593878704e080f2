package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CampaignTests {
    @Test
    void returnsWhatTheRunsReturnedInTheirOrder() throws InterruptedException {
        var runs = IntStream.range(0, 20)
                .mapToObj(number -> (Callable<Integer>) () -> number)
                .toList();

        assertThat(Campaign.run(runs))
                .containsExactlyElementsOf(IntStream.range(0, 20).boxed().toList());
    }

    /** Else what a run cleans up would go on beside the tests that come next. */
    @Test
    void whenOneFailsTheOthersHaveEndedBeforeItIsThrown() {
        assumeTrue(Campaign.width() > 1, "two runs at once");
        var begun = new CountDownLatch(1);
        var ended = new AtomicBoolean();
        List<Callable<String>> runs = List.of(
                () -> {
                    begun.await();
                    throw new IllegalArgumentException("no such node");
                },
                () -> {
                    begun.countDown();
                    try {
                        new CountDownLatch(1).await();
                        return "never";
                    } finally {
                        ended.set(true);
                    }
                });

        assertThatThrownBy(() -> Campaign.run(runs))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no such node");
        assertThat(ended).isTrue();
    }
}
