package org.junitnomos.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.feed.ScriptedCluster.GENESIS;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.time.RealTimeline;

/** Nodes join a cluster and leave it while the feed reads it. */
class FeedMembershipTests extends FeedOnVirtualTime {

    @Test
    void readsANodeNoMoreThatLeft() throws Exception {
        drive(() -> {
            feed.unwatch("validator-1");
            second.up = false;
            nextPoll();
            second.up = true;
            second.tip = cluster.mine(GENESIS);
            nextPoll();

            assertThat(feed.view("validator-1")).isEmpty();
            assertThat(journal.events(JournalEvent.FeedBlind.class)).isEmpty();
            assertThat(feed.height()).isZero();
        });
    }

    @Test
    void readsANodeThatJoined() throws Exception {
        drive(() -> {
            feed.unwatch("validator-1");
            var tip = cluster.mine(GENESIS);
            second.tip = tip;
            nextPoll();

            feed.watch(cluster.clients.get(1));
            feed.watch(cluster.clients.get(1));
            nextPoll();

            assertThat(feed.view("validator-1")).contains(new BlockFeed.NodeView("validator-1", tip, 1, GENESIS, true));
            assertThat(feed.height()).isEqualTo(1);
        });
    }

    @Test
    void readsThemOnThreadsOfTheirOwnInRealTime() throws Exception {
        try (var real = new RealTimeline();
                var realFeed = ClusterFeed.start(real, GENESIS, cluster.clients.subList(0, 1), Duration.ofMillis(2))) {
            second.tip = cluster.mine(GENESIS);

            realFeed.watch(cluster.clients.get(1));
            assertThat(realFeed.awaitHeight(1, Duration.ofSeconds(20))).isTrue();
            realFeed.unwatch("validator-1");

            assertThat(realFeed.view("validator-1")).isEmpty();
        }
    }
}
