package org.junitnomos.journal;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apiguardian.api.API;

/**
 * The views of one journal for all who judge a run one after the other, so that each event is taken once. The
 * views are those of the last {@link #read}: they grow with the next one, so nobody reads while another judges.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class JournalViews {
    private final Journal journal;
    private final Shared<ForkTree> tree = new Shared<>(new ForkTree(), ForkTree::accept);
    private final Shared<NodeTimeline> nodes = new Shared<>(new NodeTimeline(), NodeTimeline::accept);
    private final Shared<BlobLedger> blobs = new Shared<>(new BlobLedger(), BlobLedger::accept);
    private List<JournalEvent> events = List.of();

    /** Views a journal, which may grow; nothing is read yet. */
    public JournalViews(Journal journal) {
        this.journal = journal;
    }

    /** One view, and how much of the journal it has taken. */
    private final class Shared<V> implements Supplier<V> {
        private final V view;
        private final BiConsumer<V, JournalEvent> accept;
        private int taken;

        Shared(V view, BiConsumer<V, JournalEvent> accept) {
            this.view = view;
            this.accept = accept;
        }

        @Override
        public V get() {
            for (; taken < events.size(); taken++) {
                accept.accept(view, events.get(taken));
            }
            return view;
        }
    }

    /** Reads the journal as it is now: a snapshot of all events so far. */
    public synchronized List<JournalEvent> read() {
        events = journal.events();
        return events;
    }

    /** {@return the tree of blocks, as of the last {@link #read}} */
    public synchronized ForkTree tree() {
        return tree.get();
    }

    /** {@return what the nodes went through, as of the last {@link #read}} */
    public synchronized NodeTimeline nodes() {
        return nodes.get();
    }

    /** {@return what became of blobs, as of the last {@link #read}} */
    public synchronized BlobLedger blobs() {
        return blobs.get();
    }
}
