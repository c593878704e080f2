package org.junitnomos.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junitnomos.feed.ScriptedCluster.GENESIS;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junitnomos.client.WireFixtures;
import org.junitnomos.journal.InMemoryJournal;
import org.junitnomos.journal.JournalEvent.ContradictionEnded;
import org.junitnomos.journal.JournalEvent.ContradictionSeen;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.MantleJson;
import org.junitnomos.time.RealTimeline;

/** What a block stream tells is compared with where the node says it stands. */
class StreamContradictionTests {

    private static final Duration PERIOD = Duration.ofMillis(5);

    private final ScriptedCluster cluster = new ScriptedCluster("validator-0", "validator-1");
    private final ScriptedCluster.Node node = cluster.node("validator-0");
    private final InMemoryJournal journal = new InMemoryJournal();

    private interface Body {
        void run(ClusterFeed feed) throws Exception;
    }

    private void drive(Body body) throws Exception {
        node.streams = true;
        cluster.node("validator-1").hasOnlyItsChain = true; // it stays on genesis
        try (RealTimeline timeline = new RealTimeline();
                ClusterFeed feed = ClusterFeed.start(timeline, GENESIS, cluster.clients, PERIOD)) {
            feed.attach(journal);
            await().until(() -> node.opened.size() == 1);
            body.run(feed);
        }
    }

    private byte[] line(HeaderId block) {
        return MantleJson.encodeApi(cluster.block(block));
    }

    @Test
    void aTipThatStaysBehindItsStreamIsNamed() throws Exception {
        List<HeaderId> chain = cluster.chain(GENESIS, 6);
        drive(feed -> {
            cluster.announce("validator-0", chain.get(0));
            await().until(() -> feed.height() == 1);
            for (HeaderId block : chain.subList(1, 6)) {
                node.opened.get(0).line(line(block));
            }
            await().until(() -> !journal.events(ContradictionSeen.class).isEmpty());

            ContradictionSeen seen = journal.events(ContradictionSeen.class).get(0);
            assertThat(seen.node()).isEqualTo("validator-0");
            assertThat(seen.about()).isEqualTo("block stream and tip");
            assertThat(seen.expected())
                    .isEqualTo("a tip at height 6 or more, where its block stream told of block " + chain.get(5));
            assertThat(seen.observed()).isEqualTo("tip " + chain.get(0) + " at height 1");

            node.tip = chain.get(5);
            await().until(() -> !journal.events(ContradictionEnded.class).isEmpty());
        });
    }

    @Test
    void aStreamThatTellsABlockOfAnotherBodyIsNamed() throws Exception {
        HeaderId block = cluster.mine(GENESIS, WireFixtures.transfer(1), WireFixtures.transfer(2));
        drive(feed -> {
            String text = new String(line(block), StandardCharsets.UTF_8).replace("\"value\":101", "\"value\":100");
            node.opened.get(0).line(text.getBytes(StandardCharsets.UTF_8));
            await().until(() -> !journal.events(ContradictionSeen.class).isEmpty());

            assertThat(journal.events(ContradictionSeen.class).get(0).about()).isEqualTo("block stream");
            assertThat(journal.events(ContradictionSeen.class).get(0).observed())
                    .startsWith("2 transactions that hash to ");
        });
    }

    @Test
    void forksBootstrappingAndLostStreamsContradictNothing() throws Exception {
        List<HeaderId> chain = cluster.chain(GENESIS, 6);
        List<HeaderId> fork = cluster.chain(GENESIS, 6);
        drive(feed -> {
            cluster.announce("validator-0", chain.get(0));
            cluster.announce("validator-0", chain.get(1));
            await().until(() -> feed.height() == 2);
            node.opened.get(0).line(line(fork.get(0))); // a shorter branch
            node.mode = "Bootstrapping";
            waitForPolls(2);
            for (HeaderId block : fork.subList(1, 6)) {
                node.opened.get(0).line(line(block));
            }
            waitForPolls(30);
            node.mode = "Online";
            waitForPolls(30);
            node.tip = GENESIS;
            node.opened.get(0).end();
            waitForPolls(30);
        });

        assertThat(journal.events(ContradictionSeen.class)).isEmpty();
    }

    private void waitForPolls(int count) {
        long before = infos();
        await().until(() -> infos() >= before + count);
    }

    private long infos() {
        synchronized (node) {
            return node.asked.stream().filter("/cryptarchia/info"::equals).count();
        }
    }
}
