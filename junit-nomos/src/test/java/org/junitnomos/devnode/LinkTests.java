package org.junitnomos.devnode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junitnomos.devnode.DevNodeConfig.LinkQuality;

class LinkTests {
    private static final long MILLI = DevNet.MILLI;

    private static Link link(LinkQuality quality, long seed) {
        return new Link("peer", quality, seed, new Discarding(), new Timers());
    }

    private static final class Discarding implements Outbox {
        @Override
        public void send(String peer, PeerMessage message, long delayNanos) {}

        @Override
        public void log(String level, String text) {}
    }

    private static List<Long> draw(Link link, int count, long apart) {
        List<Long> delays = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            delays.add(link.drawDelay(i * apart));
        }
        return delays;
    }

    @Test
    void takesTheLatencyAndAPartOfTheJitter() {
        Link link = link(new LinkQuality(20 * MILLI, 10 * MILLI, 0), 7);

        List<Long> delays = draw(link, 1000, DevNet.SECOND);

        assertThat(delays).allMatch(delay -> delay >= 20 * MILLI && delay < 30 * MILLI);
        assertThat(delays.stream().mapToLong(delay -> delay).average().orElseThrow() / MILLI)
                .isCloseTo(25, Offset.offset(0.5));
    }

    @Test
    void addsARoundForEachLoss() {
        Link link = link(new LinkQuality(20 * MILLI, 0, 250), 7);

        List<Long> delays = draw(link, 4000, 60 * DevNet.SECOND);

        assertThat(delays.stream().filter(delay -> delay == 20 * MILLI).count()).isBetween(2850L, 3150L);
        assertThat(delays.stream().filter(delay -> delay == 80 * MILLI).count()).isBetween(650L, 850L);
        assertThat(delays.stream().filter(delay -> delay == 200 * MILLI).count())
                .isBetween(130L, 250L);
    }

    @Test
    void deliversEventuallyEvenIfEverythingIsLost() {
        Link link = link(new LinkQuality(0, 0, 1000), 7);

        assertThat(link.drawDelay(0)).isBetween(DevNet.SECOND, 20 * DevNet.SECOND);
    }

    @Test
    void keepsTheOrderOfMessages() {
        Link link = link(new LinkQuality(5 * MILLI, 100 * MILLI, 300), 7);

        long last = 0;
        for (int i = 0; i < 1000; i++) {
            long arrival = i * MILLI + link.drawDelay(i * MILLI);
            assertThat(arrival).isGreaterThanOrEqualTo(last);
            last = arrival;
        }
    }

    @Test
    void drawsTheSameFromTheSameSeed() {
        LinkQuality quality = new LinkQuality(5 * MILLI, 100 * MILLI, 300);

        assertThat(draw(link(quality, 7), 100, MILLI)).isEqualTo(draw(link(quality, 7), 100, MILLI));
        assertThat(draw(link(quality, 8), 100, MILLI)).isNotEqualTo(draw(link(quality, 7), 100, MILLI));
    }

    @Test
    void isConnectedWhileThePeerIsHeard() {
        Link link = link(new LinkQuality(0, 0, 0), 7);
        assertThat(link.isConnected(0)).isFalse();

        link.heard(DevNet.SECOND);
        assertThat(link.isConnected(26 * DevNet.SECOND)).isTrue();
        assertThat(link.isConnected(27 * DevNet.SECOND)).isFalse();

        link.heard(30 * DevNet.SECOND);
        link.setUp(false);
        assertThat(link.isConnected(30 * DevNet.SECOND)).isFalse();
        link.setUp(true);
        assertThat(link.isConnected(30 * DevNet.SECOND)).isFalse();
    }
}
