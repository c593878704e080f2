package org.junitnomos.journal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;
import org.junitnomos.journal.JournalEvent.BlockSeen;
import org.junitnomos.journal.JournalEvent.ContradictionEnded;
import org.junitnomos.journal.JournalEvent.ContradictionSeen;
import org.junitnomos.journal.JournalEvent.FeedBlind;
import org.junitnomos.journal.JournalEvent.NodeStateChanged;
import org.junitnomos.journal.JournalEvent.TipChanged;

/**
 * What each node of a journal went through: states, tips, reorgs, when the feed could not read it, and
 * when its answers contradicted each other. Not thread-safe.
 *
 * <p>Grows with {@link #accept}, event by event, or holds a whole journal at once: {@link #of}.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class NodeTimeline {

    /** The end of a span that has not ended. */
    public static final long OPEN = Long.MAX_VALUE;

    private final Map<String, History> nodes = new LinkedHashMap<>();

    /** Creates an empty view. */
    public NodeTimeline() {}

    /**
     * Views a journal.
     *
     * @param events the events of a run, in order
     * @return the history of its nodes
     */
    public static NodeTimeline of(List<? extends JournalEvent> events) {
        NodeTimeline timeline = new NodeTimeline();
        events.forEach(timeline::accept);
        return timeline;
    }

    /**
     * A span of time in which a node could not be read.
     *
     * @param from when it began, nanoseconds of run time
     * @param to when it ended; {@link #OPEN} if it has not
     * @param reason why
     */
    public record BlindSpan(long from, long to, String reason) {}

    /**
     * Names a span of time in which answers of a node did not fit to one another, or to what they are about.
     */
    public interface ContradictionSpan {
        /** {@return when the first of these answers was read, nanoseconds of run time} */
        long from();

        /** {@return when they fitted again; {@link #OPEN} if they have not} */
        long to();

        /** {@return what contradicts, for example {@code "height of the tip"}} */
        String about();

        /** {@return what would fit} */
        String expected();

        /** {@return what was answered} */
        String observed();

        /** {@return how many such answers the journal tells of} */
        long times();
    }

    /** What happened to one node. */
    public static final class History {

        private final List<NodeStateChanged> states = new ArrayList<>();
        private final List<TipChanged> tips = new ArrayList<>();
        private final List<BlindSpan> blindSpans = new ArrayList<>();
        private final List<SpanOfContradiction> contradictions = new ArrayList<>();
        private long blocksSeen;

        private History() {}

        /** {@return the states the node walked through, in order} */
        public List<NodeStateChanged> states() {
            return Collections.unmodifiableList(states);
        }

        /** {@return the last change of the node's state; empty if there was none} */
        public Optional<NodeStateChanged> state() {
            return last(states);
        }

        /** {@return the tips the node stood on, in order} */
        public List<TipChanged> tips() {
            return Collections.unmodifiableList(tips);
        }

        /** {@return where the node stands: the last change of its tip; empty if it was never read} */
        public Optional<TipChanged> tip() {
            return last(tips);
        }

        /**
         * Returns where the node stood at a time.
         *
         * @param at nanoseconds of run time
         * @return the last change of its tip up to then; empty if it was not read by then
         */
        public Optional<TipChanged> tipAt(long at) {
            TipChanged found = null;
            for (TipChanged tip : tips) {
                if (tip.at() > at) {
                    break;
                }
                found = tip;
            }
            return Optional.ofNullable(found);
        }

        /**
         * {@return the changes of tip that took blocks off the node's chain, in order; a node that lost its chain shows
         * here too}
         */
        public List<TipChanged> reorgs() {
            return tips.stream().filter(tip -> tip.reorgDepth() > 0).toList();
        }

        /** {@return when the feed could not read the node, in order; only the last span can be {@link #OPEN}} */
        public List<BlindSpan> blindSpans() {
            return Collections.unmodifiableList(blindSpans);
        }

        /**
         * {@return when the node contradicted itself, in the order in which it showed; several can be {@link #OPEN},
         * one a matter}
         */
        public List<ContradictionSpan> contradictions() {
            return Collections.unmodifiableList(contradictions);
        }

        /** Says whether the feed cannot read the node now: it failed to, and has not succeeded since. */
        public boolean isBlind() {
            return !blindSpans.isEmpty()
                    && blindSpans.get(blindSpans.size() - 1).to() == OPEN;
        }

        /** {@return how many blocks, without genesis, were on the node's chain at one time or another} */
        public long blocksSeen() {
            return blocksSeen;
        }

        private void endBlindness(long at) {
            if (isBlind()) {
                BlindSpan open = blindSpans.remove(blindSpans.size() - 1);
                blindSpans.add(new BlindSpan(open.from(), at, open.reason()));
            }
        }

        private void contradicted(ContradictionSeen seen) {
            int open = openContradiction(seen.about());
            if (open < 0) {
                contradictions.add(new SpanOfContradiction(
                        seen.since(), OPEN, seen.about(), seen.expected(), seen.observed(), seen.times()));
            } else {
                // The first answer stands for all: it is the one nearest to the cause.
                contradictions.set(open, contradictions.get(open).until(OPEN, seen.times()));
            }
        }

        private void fitsAgain(ContradictionEnded ended) {
            int open = openContradiction(ended.about());
            if (open >= 0) {
                contradictions.set(open, contradictions.get(open).until(ended.at(), ended.times()));
            }
        }

        private int openContradiction(String about) {
            for (int i = 0; i < contradictions.size(); i++) {
                ContradictionSpan span = contradictions.get(i);
                if (span.to() == OPEN && span.about().equals(about)) {
                    return i;
                }
            }
            return -1;
        }

        private static <T> Optional<T> last(List<T> list) {
            return list.isEmpty() ? Optional.empty() : Optional.of(list.get(list.size() - 1));
        }
    }

    /**
     * Takes the next event; what does not concern one node is passed over.
     *
     * @param event the event
     */
    public void accept(JournalEvent event) {
        if (event instanceof NodeStateChanged changed) {
            history(changed.node()).states.add(changed);
        } else if (event instanceof TipChanged changed) {
            History history = history(changed.node());
            history.endBlindness(changed.at());
            history.tips.add(changed);
        } else if (event instanceof BlockSeen seen) {
            History history = history(seen.node());
            history.endBlindness(seen.at());
            history.blocksSeen++;
        } else if (event instanceof FeedBlind blind) {
            History history = history(blind.node());
            history.endBlindness(blind.at());
            history.blindSpans.add(new BlindSpan(blind.at(), OPEN, blind.reason()));
        } else if (event instanceof ContradictionSeen seen) {
            history(seen.node()).contradicted(seen);
        } else if (event instanceof ContradictionEnded ended) {
            history(ended.node()).fitsAgain(ended);
        }
    }

    private History history(String node) {
        return nodes.computeIfAbsent(node, name -> new History());
    }

    /** {@return the names of the nodes in the order in which they first appeared} */
    public List<String> nodes() {
        return List.copyOf(nodes.keySet());
    }

    /**
     * Finds the history of a node.
     *
     * @param node its name
     * @return what happened to it so far; empty if nothing did
     */
    public Optional<History> find(String node) {
        return Optional.ofNullable(nodes.get(node));
    }

    /**
     * Returns the history of a node.
     *
     * @param node its name
     * @return what happened to it so far
     * @throws IllegalArgumentException if nothing is known of such a node; lists those there are
     */
    public History node(String node) {
        History history = nodes.get(node);
        if (history == null) {
            throw new IllegalArgumentException("no event of a node '" + node + "'; there are events of " + nodes());
        }
        return history;
    }
}
