package org.junitnomos.feed;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junitnomos.journal.Journal;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.TransactionFinal;
import org.junitnomos.journal.JournalEvent.TransactionIncluded;
import org.junitnomos.journal.JournalEvent.TransactionOrphaned;
import org.junitnomos.journal.JournalEvent.TransactionSubmitted;
import org.junitnomos.mantle.TxHash;

/** Carries the events of a feed into a journal, and the transactions of the journal to the feed. */
final class JournalLink {

    private final ClusterFeed feed;
    private final Journal journal;
    private final Set<TxHash> submitted = ConcurrentHashMap.newKeySet(); // looked up only, never iterated
    private volatile boolean ended;

    JournalLink(ClusterFeed feed, Journal journal) {
        this.feed = feed;
        this.journal = journal;
    }

    AutoCloseable connect() {
        AutoCloseable subscription = feed.attach(this::toJournal);
        journal.subscribe(this::toFeed);
        journal.events(TransactionSubmitted.class).forEach(this::toFeed);
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
        return !(event instanceof TransactionFinal last) || submitted.contains(last.transaction());
    }

    private void toFeed(JournalEvent event) {
        if (!ended && event instanceof TransactionSubmitted submission && submitted.add(submission.transaction())) {
            feed.track(submission.transaction());
        }
    }
}
