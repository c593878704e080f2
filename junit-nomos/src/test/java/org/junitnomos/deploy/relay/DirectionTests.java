package org.junitnomos.deploy.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junitnomos.deploy.control.LinkRelay.Traffic;
import org.junitnomos.deploy.control.Plane;
import org.junitnomos.topology.LinkSpec;

class DirectionTests {
    private static final long MILLI = 1_000_000;
    private static final Set<Plane> BOTH = EnumSet.allOf(Plane.class);
    private static final LinkSpec FAST = new LinkSpec(Duration.ZERO, Duration.ZERO, 0);

    private final Direction direction = new Direction(new Random(4711));

    @Test
    void carriesNothingBeforeItWasSet() {
        assertThat(direction.take(Plane.GOSSIP, 0, 100)).isEqualTo(Direction.NEVER);
        assertThat(direction.traffic(Plane.GOSSIP)).isEqualTo(new Traffic(0, 1, 0));
    }

    @Test
    void delaysByLatencyAndJitterAndKeepsTheOrder() {
        direction.set(BOTH, new LinkSpec(Duration.ofMillis(40), Duration.ofMillis(10), 0));

        long last = Long.MIN_VALUE;
        long late = 0;
        for (int i = 0; i < 1_000; i++) {
            long due = direction.take(Plane.GOSSIP, i * MILLI, 100);
            assertThat(due).isGreaterThanOrEqualTo(last).isBetween((i + 40) * MILLI, (i + 50) * MILLI);
            last = due;
            late += due > (i + 45) * MILLI ? 1 : 0;
        }
        assertThat(late).isBetween(300L, 950L); // the jitter is drawn, and nothing overtakes
    }

    @Test
    void losesAsManyAsTheLinkSays() {
        direction.set(BOTH, new LinkSpec(Duration.ZERO, Duration.ZERO, 300));

        for (int i = 0; i < 10_000; i++) {
            if (direction.take(Plane.GOSSIP, i, 100) != Direction.NEVER) {
                assertThat(direction.arrive(Plane.GOSSIP)).isTrue();
            }
        }
        var traffic = direction.traffic(Plane.GOSSIP);
        assertThat(traffic.lost()).isBetween(2_800L, 3_200L);
        assertThat(traffic.passed()).isEqualTo(10_000 - traffic.lost());
        assertThat(traffic.cut()).isZero();
    }

    @Test
    void letsEachDatagramWaitForThoseBeforeIt() {
        direction.set(BOTH, FAST.withBandwidth(1_000)); // 100 bytes take 100 ms

        assertThat(direction.take(Plane.GOSSIP, 0, 100)).isEqualTo(100 * MILLI);
        assertThat(direction.take(Plane.GOSSIP, 0, 100)).isEqualTo(200 * MILLI);
        assertThat(direction.take(Plane.GOSSIP, 50 * MILLI, 100)).isEqualTo(300 * MILLI);
        assertThat(direction.take(Plane.GOSSIP, 1_000 * MILLI, 100)).isEqualTo(1_100 * MILLI);
    }

    @Test
    void dropsWhatWouldWaitForTooLong() {
        direction.set(BOTH, FAST.withBandwidth(1_000));

        for (int i = 0; i <= 50; i++) {
            assertThat(direction.take(Plane.GOSSIP, 0, 100)).isNotEqualTo(Direction.NEVER);
        }
        assertThat(direction.take(Plane.GOSSIP, 0, 100)).isEqualTo(Direction.NEVER);
        assertThat(direction.traffic(Plane.GOSSIP).lost()).isOne();
    }

    @Test
    void whatIsOnItsWayInALinkThatIsCutDoesNotArrive() {
        direction.set(BOTH, FAST);
        direction.take(Plane.GOSSIP, 0, 100);

        direction.set(EnumSet.noneOf(Plane.class), FAST);

        assertThat(direction.arrive(Plane.GOSSIP)).isFalse();
        assertThat(direction.traffic(Plane.GOSSIP)).isEqualTo(new Traffic(0, 1, 0));
    }

    @Test
    void planesAreCarriedByThemselvesButShareTheBandwidth() {
        direction.set(EnumSet.of(Plane.AVAILABILITY), FAST.withBandwidth(1_000));

        assertThat(direction.take(Plane.GOSSIP, 0, 100)).isEqualTo(Direction.NEVER);
        assertThat(direction.take(Plane.AVAILABILITY, 0, 100)).isEqualTo(100 * MILLI);
        assertThat(direction.arrive(Plane.AVAILABILITY)).isTrue();
        assertThat(direction.traffic(Plane.GOSSIP)).isEqualTo(new Traffic(0, 1, 0));
        assertThat(direction.traffic(Plane.AVAILABILITY)).isEqualTo(new Traffic(1, 0, 0));

        direction.set(BOTH, FAST.withBandwidth(1_000));
        assertThat(direction.take(Plane.GOSSIP, 0, 100)).isEqualTo(200 * MILLI);
    }

    @Test
    void theSameSeedLosesTheSame() {
        var other = new Direction(new Random(4711));
        var lossy = new LinkSpec(Duration.ofMillis(1), Duration.ofMillis(5), 100);
        direction.set(BOTH, lossy);
        other.set(BOTH, lossy);

        for (int i = 0; i < 1_000; i++) {
            assertThat(direction.take(Plane.GOSSIP, i, 100)).isEqualTo(other.take(Plane.GOSSIP, i, 100));
        }
    }
}
