package org.junitnomos.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouteTalliesTests {
    private final RouteTallies tallies = new RouteTallies();

    private void add(int millis, boolean error) {
        tallies.add("/x", Duration.ofMillis(millis).toNanos(), error);
    }

    @Test
    void countWhatIsSlowerThanEachLimitUnlessItFails() {
        add(5, false);
        add(6, false);
        add(150, false);
        add(30_000, true);

        assertThat(tallies.take())
                .containsExactly(new RouteTally(
                        "/x",
                        4,
                        1,
                        Duration.ofMillis(30_161).toNanos(),
                        Duration.ofSeconds(30).toNanos(),
                        List.of(2L, 1L, 1L, 1L, 1L, 0L, 0L, 0L, 0L, 0L, 0L, 0L)));
        assertThat(tallies.take().get(0))
                .as("counters go on, the slowest is that of later exchanges")
                .returns(4L, RouteTally::requests)
                .returns(0L, RouteTally::slowest);
    }
}
