package org.junitnomos.feed;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.ContradictionEnded;
import org.junitnomos.journal.JournalEvent.ContradictionSeen;

/**
 * Counts answers of nodes that do not fit, and says so: when there are enough of them in a row, and again whenever
 * their number has doubled, so that a node that always lies does not flood a journal. Not thread-safe.
 */
final class Contradictions {

    /** For answers that no legitimate race can explain: each fits or does not, by itself. */
    static final int AT_ONCE = 1;

    /** Answers of one node about one matter that did not fit, with none between that did. */
    private static final class Row {
        private final long since;
        private long times;
        private boolean said;

        Row(long since) {
            this.since = since;
        }
    }

    private final Map<String, Map<String, Row>> nodes = new HashMap<>();
    private final Consumer<JournalEvent> events;

    Contradictions(Consumer<JournalEvent> events) {
        this.events = events;
    }

    /**
     * An answer does not fit.
     *
     * @param needed how many of them in a row make a contradiction
     */
    void seen(String node, Misfit misfit, int needed, long at) {
        Row row = nodes.computeIfAbsent(node, name -> new HashMap<>())
                .computeIfAbsent(misfit.about(), about -> new Row(at));
        row.times++;
        boolean first = !row.said && row.times >= needed;
        if (first || (row.said && Long.bitCount(row.times) == 1)) {
            row.said = true;
            events.accept(new ContradictionSeen(
                    at, node, misfit.about(), misfit.expected(), misfit.observed(), row.since, row.times));
        }
    }

    /** An answer about a matter fits. */
    void fits(String node, String about, long at) {
        Map<String, Row> rows = nodes.get(node);
        Row row = rows == null ? null : rows.remove(about);
        if (row != null && row.said) {
            events.accept(new ContradictionEnded(at, node, about, row.times));
        }
    }

    /** An answer about a matter fits, if it is null, or does not. */
    void judge(String node, String about, @Nullable Misfit misfit, int needed, long at) {
        if (misfit == null) {
            fits(node, about, at);
        } else {
            seen(node, misfit, needed, at);
        }
    }

    /** A node is not read any more. */
    void forget(String node) {
        nodes.remove(node);
    }
}
