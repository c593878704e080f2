package org.junitnomos.feed;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junitnomos.journal.Journal;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.BlobDispersed;
import org.junitnomos.journal.JournalEvent.BlobFinal;
import org.junitnomos.journal.JournalEvent.BlobIncluded;
import org.junitnomos.journal.JournalEvent.BlobOrphaned;
import org.junitnomos.journal.JournalEvent.TransactionFinal;
import org.junitnomos.journal.JournalEvent.TransactionIncluded;
import org.junitnomos.journal.JournalEvent.TransactionOrphaned;
import org.junitnomos.journal.JournalEvent.TransactionSubmitted;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.mantle.TxHash;

/** Carries the events of a feed into a journal, and the transactions and blobs of the journal to the feed. */
final class JournalLink {

    private final ClusterFeed feed;
    private final Journal journal;
    private final Set<TxHash> submitted = ConcurrentHashMap.newKeySet();
    private final Set<BlobId> dispersed = ConcurrentHashMap.newKeySet();
    private volatile boolean ended;

    JournalLink(ClusterFeed feed, Journal journal) {
        this.feed = feed;
        this.journal = journal;
    }

    AutoCloseable connect() {
        AutoCloseable subscription = feed.attach(this::toJournal);
        journal.subscribe(this::toFeed);
        journal.events(TransactionSubmitted.class).forEach(this::toFeed);
        journal.events(BlobDispersed.class).forEach(this::toFeed);
        return () -> {
            ended = true;
            subscription.close();
        };
    }

    private void toJournal(JournalEvent event) {
        if (!ended && isOurs(event)) {
            journal.append(event);
        }
    }

    private boolean isOurs(JournalEvent event) {
        if (event instanceof TransactionIncluded included) {
            return submitted.contains(included.transaction());
        }
        if (event instanceof TransactionOrphaned orphaned) {
            return submitted.contains(orphaned.transaction());
        }
        if (event instanceof TransactionFinal last) {
            return submitted.contains(last.transaction());
        }
        if (event instanceof BlobIncluded included) {
            return dispersed.contains(included.blob());
        }
        if (event instanceof BlobOrphaned orphaned) {
            return dispersed.contains(orphaned.blob());
        }
        return !(event instanceof BlobFinal last) || dispersed.contains(last.blob());
    }

    private void toFeed(JournalEvent event) {
        if (!ended && event instanceof TransactionSubmitted submission && submitted.add(submission.transaction())) {
            feed.track(submission.transaction());
        }
        if (!ended && event instanceof BlobDispersed dispersal && dispersed.add(dispersal.blob())) {
            feed.track(dispersal.blob());
        }
    }
}
