package org.junitnomos.runner;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.journal.Journal;
import org.junitnomos.journal.JournalEvent;
import org.slf4j.LoggerFactory;

/** Asks nodes with how many peers they are connected: those that lost some may never find them again. */
final class PeerCount {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private PeerCount() {}

    /** Puts it on record, if there were faults; who does not answer is left out. */
    static void take(Cluster cluster, Journal journal, LongSupplier nanos) {
        if (journal.events(JournalEvent.FaultRequested.class).isEmpty()) {
            return;
        }
        for (var node : cluster.nodes()) {
            if (node.isRunning() && !node.isPaused()) {
                try {
                    var info = node.client().withTimeout(LIMIT).networkInfo();
                    journal.append(new JournalEvent.PeersCounted(
                            nanos.getAsLong(), node.name(), info.peers(), info.connections()));
                } catch (NodeApiException e) {
                    LoggerFactory.getLogger(PeerCount.class).debug("Node '{}' does not tell its peers", node.name(), e);
                }
            }
        }
    }
}
