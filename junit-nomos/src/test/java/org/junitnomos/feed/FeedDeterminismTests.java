package org.junitnomos.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.feed.ScriptedCluster.GENESIS;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.client.WireFixtures;
import org.junitnomos.journal.FileJournal;
import org.junitnomos.journal.ForkTree;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.TransactionSubmitted;
import org.junitnomos.journal.JournalReader;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.time.VirtualTimeline;

class FeedDeterminismTests {

    private static final String[] NODES = {"validator-0", "validator-1", "validator-2"};

    @TempDir
    Path directory;

    /** Let forks, deaths and transactions happen as chance has it, and write the journal. */
    private Path run(String name, long seed) throws Exception {
        Random random = new Random(seed);
        ScriptedCluster cluster = new ScriptedCluster(NODES);
        Path file = directory.resolve(name);
        try (VirtualTimeline timeline = new VirtualTimeline();
                FileJournal journal = FileJournal.create(file)) {
            timeline.call(() -> {
                ClusterFeed feed = ClusterFeed.start(timeline, GENESIS, Duration.ofSeconds(2), cluster.clients);
                feed.attach(journal);
                List<HeaderId> tips = new ArrayList<>(List.of(GENESIS));
                for (int step = 0; step < 200; step++) {
                    HeaderId parent = tips.get(Math.max(0, tips.size() - 1 - random.nextInt(3)));
                    SignedMantleTx transaction = WireFixtures.transfer(random.nextInt(40));
                    journal.append(new TransactionSubmitted(timeline.nanos(), transaction.hash(), NODES[0], "load", 1));
                    tips.add(cluster.mine(parent, transaction));
                    ScriptedCluster.Node node = cluster.node(NODES[random.nextInt(NODES.length)]);
                    node.tip = tips.get(tips.size() - 1);
                    node.up = random.nextInt(10) > 0;
                    timeline.sleep(Duration.ofMillis(random.nextInt(1500)));
                }
                feed.close();
                return null;
            });
        }
        return file;
    }

    @Test
    void writesTheSameJournalForTheSameSeed() throws Exception {
        byte[] journal = Files.readAllBytes(run("one.jsonl", 42));

        assertThat(journal).isEqualTo(Files.readAllBytes(run("two.jsonl", 42)));
        assertThat(journal).isNotEqualTo(Files.readAllBytes(run("three.jsonl", 43)));
        assertThat(journal).hasSizeGreaterThan(50_000);
    }

    @Test
    void writesAJournalThatReplays() throws Exception {
        var events = JournalReader.read(run("one.jsonl", 7)).events();

        ForkTree tree = ForkTree.of(events);
        assertThat(tree.size()).isGreaterThan(100);
        assertThat(tree.size() - tree.chain().size()).isGreaterThan(10);
        assertThat(isInOrderOfTime(events)).isTrue();
    }

    private static boolean isInOrderOfTime(List<JournalEvent> events) {
        for (int i = 1; i < events.size(); i++) {
            if (events.get(i).at() < events.get(i - 1).at()) {
                return false;
            }
        }
        return true;
    }
}
