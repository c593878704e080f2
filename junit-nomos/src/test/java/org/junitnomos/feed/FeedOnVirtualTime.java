package org.junitnomos.feed;

import static org.junitnomos.feed.ScriptedCluster.GENESIS;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junitnomos.journal.InMemoryJournal;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.time.VirtualTimeline;

/** A feed in virtual time over two scripted nodes; it reads them once a second and writes to a journal. */
abstract class FeedOnVirtualTime {

    static final Duration SECOND = Duration.ofSeconds(1);

    final VirtualTimeline timeline = new VirtualTimeline();
    final ScriptedCluster cluster = new ScriptedCluster("validator-0", "validator-1");
    final ScriptedCluster.Node first = cluster.node("validator-0");
    final ScriptedCluster.Node second = cluster.node("validator-1");
    final InMemoryJournal journal = new InMemoryJournal();
    ClusterFeed feed;

    @AfterEach
    final void close() {
        timeline.close();
    }

    interface Body {
        void run() throws Exception;
    }

    /** Run on the timeline with a feed that writes to the journal. */
    void drive(Body body) throws Exception {
        timeline.call(() -> {
            feed = ClusterFeed.start(timeline, GENESIS, Duration.ofSeconds(2), cluster.clients);
            feed.attach(journal);
            timeline.sleep(Duration.ofMillis(500));
            body.run();
            feed.close();
            return null;
        });
    }

    void nextPoll() throws InterruptedException {
        timeline.sleep(SECOND);
    }

    <E extends JournalEvent> E last(Class<E> type) {
        List<E> events = journal.events(type);
        return events.get(events.size() - 1);
    }
}
