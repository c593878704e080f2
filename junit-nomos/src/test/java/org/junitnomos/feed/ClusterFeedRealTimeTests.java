package org.junitnomos.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.feed.ScriptedCluster.GENESIS;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junitnomos.internal.RealTimeline;
import org.junitnomos.journal.InMemoryJournal;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.mantle.HeaderId;

class ClusterFeedRealTimeTests {

    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void isNotDelayedByANodeThatHangs() throws Exception {
        ScriptedCluster cluster = new ScriptedCluster("validator-0", "validator-1");
        CountDownLatch hang = new CountDownLatch(1);
        cluster.node("validator-0").hang = hang;
        List<HeaderId> chain = cluster.chain(GENESIS, 3);
        try (RealTimeline timeline = new RealTimeline();
                ClusterFeed feed = ClusterFeed.start(timeline, GENESIS, cluster.clients, Duration.ofMillis(2))) {
            cluster.node("validator-1").tip = chain.get(2);

            assertThat(feed.awaitHeight(3, LONG)).isTrue();
            assertThat(feed.view("validator-0")).isEmpty();
            hang.countDown();
        }
    }

    @Test
    void tellsEveryBlockOnceWithManyNodesAtWork() throws Exception {
        ScriptedCluster cluster = new ScriptedCluster("validator-0", "validator-1", "validator-2", "validator-3");
        List<HeaderId> chain = cluster.chain(GENESIS, 600);
        InMemoryJournal journal = new InMemoryJournal();
        List<HeaderId> heard = new CopyOnWriteArrayList<>();
        try (RealTimeline timeline = new RealTimeline();
                ClusterFeed feed = ClusterFeed.start(timeline, GENESIS, cluster.clients, Duration.ofMillis(1))) {
            feed.attach(journal);
            feed.subscribe(block -> heard.add(block.id()));
            for (int height = 50; height <= 600; height += 50) {
                cluster.allOn(chain.get(height - 1));
                assertThat(feed.awaitHeight(height, LONG)).isTrue();
            }
            feed.poll();
        }

        assertThat(heard).isEqualTo(chain);
        assertThat(journal.events(BlockObserved.class))
                .extracting(BlockObserved::block)
                .isEqualTo(chain);
    }
}
