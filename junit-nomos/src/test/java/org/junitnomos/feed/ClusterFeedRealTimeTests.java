package org.junitnomos.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junitnomos.feed.ScriptedCluster.GENESIS;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junitnomos.journal.InMemoryJournal;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.time.RealTimeline;

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
    void isNotDelayedByANodeThatHangsWithTheBlockItAnnounced() throws Exception {
        ScriptedCluster cluster = new ScriptedCluster("validator-0", "validator-1");
        ScriptedCluster.Node hanging = cluster.node("validator-0");
        CountDownLatch hang = new CountDownLatch(1);
        hanging.hangWithBlocks = hang;
        List<HeaderId> chain = cluster.chain(GENESIS, 1);
        try (RealTimeline timeline = new RealTimeline();
                ClusterFeed feed = ClusterFeed.start(timeline, GENESIS, cluster.clients, Duration.ofMillis(2))) {
            hanging.tip = chain.get(0);
            assertThat(hanging.blocksWanted.await(LONG.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            cluster.node("validator-1").tip = chain.get(0);

            assertThat(feed.awaitHeight(1, LONG)).isTrue();
            assertThat(feed.find(chain.get(0)).orElseThrow().firstSeenOn()).isEqualTo("validator-1");
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

    @Test
    void readsANodeAsSoonAsItsStreamAnnouncesABlock() throws Exception {
        ScriptedCluster cluster = new ScriptedCluster("validator-0");
        ScriptedCluster.Node node = cluster.node("validator-0");
        node.streams = true;
        List<HeaderId> chain = cluster.chain(GENESIS, 3);
        try (RealTimeline timeline = new RealTimeline();
                ClusterFeed feed = ClusterFeed.start(timeline, GENESIS, cluster.clients, Duration.ofHours(1))) {
            await().until(() -> node.opened.size() == 1);
            for (int height = 1; height <= 3; height++) {
                cluster.announce("validator-0", chain.get(height - 1));
                assertThat(feed.awaitHeight(height, LONG)).isTrue();
            }
        }

        assertThat(node.opened)
                .singleElement()
                .satisfies(stream -> assertThat(stream.closed).isTrue());
    }

    @Test
    void pollsOnWhileTheStreamIsBrokenAndOpensItAgain() throws Exception {
        ScriptedCluster cluster = new ScriptedCluster("validator-0");
        ScriptedCluster.Node node = cluster.node("validator-0");
        node.streams = true;
        List<HeaderId> chain = cluster.chain(GENESIS, 2);
        try (RealTimeline timeline = new RealTimeline();
                ClusterFeed feed = ClusterFeed.start(timeline, GENESIS, cluster.clients, Duration.ofMillis(2))) {
            await().until(() -> node.opened.size() == 1);
            node.opened.get(0).end();
            node.tip = chain.get(0);
            assertThat(feed.awaitHeight(1, LONG)).isTrue();
            await().until(() -> node.opened.size() == 2);
            node.opened.get(1).line("no block".getBytes(StandardCharsets.US_ASCII));
            cluster.announce("validator-0", chain.get(1));
            assertThat(feed.awaitHeight(2, LONG)).isTrue();
        }

        assertThat(node.opened)
                .hasSize(2)
                .allSatisfy(stream -> assertThat(stream.closed).isTrue());
    }

    @Test
    void asksSeldomForAStreamThatANodeDoesNotHave() throws Exception {
        ScriptedCluster cluster = new ScriptedCluster("executor-0");
        ScriptedCluster.Node node = cluster.node("executor-0");
        List<HeaderId> chain = cluster.chain(GENESIS, 100);
        try (RealTimeline timeline = new RealTimeline();
                ClusterFeed feed = ClusterFeed.start(timeline, GENESIS, cluster.clients, Duration.ofMillis(1))) {
            for (int height = 1; height <= 100; height++) {
                node.tip = chain.get(height - 1);
                assertThat(feed.awaitHeight(height, LONG)).isTrue();
            }
        }

        assertThat(node.asked).filteredOn("/cryptarchia/blocks/stream"::equals).hasSizeLessThan(10);
    }
}
