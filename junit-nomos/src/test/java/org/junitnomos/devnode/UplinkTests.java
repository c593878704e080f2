package org.junitnomos.devnode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junitnomos.mantle.HeaderId;

class UplinkTests {
    private static final PeerMessage HELLO = new PeerMessage.Hello(HeaderId.ZERO, 0, HeaderId.ZERO, true);
    private static final long SECOND = DevNet.SECOND;

    private final Timers timers = new Timers();
    private final List<Long> released = new ArrayList<>();
    private final Uplink uplink = new Uplink(timers, (message, now) -> released.add(now));

    private void limit(long messagesPerSecond, long now) {
        uplink.setBandwidth(messagesPerSecond * HELLO.wireLength(), now);
    }

    @Test
    void letsEverythingOutAtOnceWithoutALimit() {
        uplink.send(HELLO, 7);
        uplink.send(HELLO, 7);

        assertThat(released).containsExactly(7L, 7L);
        assertThat(timers.next()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void takesLengthOverBandwidthAndQueues() {
        limit(2, 0);
        uplink.send(HELLO, 0);
        uplink.send(HELLO, 0);
        timers.run(3 * SECOND);
        uplink.send(HELLO, 3 * SECOND);
        timers.run(10 * SECOND);

        assertThat(released).containsExactly(SECOND / 2, SECOND, 3 * SECOND + SECOND / 2);
    }

    @Test
    void letsOutWhatWaitsWhenTheLimitGoes() {
        limit(1, 0);
        uplink.send(HELLO, 0);
        uplink.send(HELLO, 0);

        limit(0, SECOND / 4);
        timers.run(10 * SECOND);

        assertThat(released).containsExactly(SECOND / 4, SECOND / 4);
    }

    @Test
    void beginsAnewWithAnotherLimit() {
        limit(1, 0);
        uplink.send(HELLO, 0);

        limit(4, SECOND / 2);
        timers.run(10 * SECOND);

        assertThat(released).containsExactly(SECOND / 2 + SECOND / 4);
    }

    @Test
    void dropsWhatWaitsWhenTheLinkIsCut() {
        limit(1, 0);
        uplink.send(HELLO, 0);
        uplink.send(HELLO, 0);

        uplink.clear();
        uplink.send(HELLO, 5 * SECOND);
        timers.run(10 * SECOND);

        assertThat(released).containsExactly(6 * SECOND);
    }

    @Test
    void losesWhatDoesNotFit() {
        limit(1, 0);
        long room = 16L * 1024 * 1024 / HELLO.wireLength();
        for (long i = 0; i < room + 100; i++) {
            uplink.send(HELLO, 0);
        }

        limit(0, 1);

        assertThat(released).hasSize((int) room);
    }
}
