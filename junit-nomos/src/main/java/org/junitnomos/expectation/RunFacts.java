package org.junitnomos.expectation;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.NodeKind;
import org.junitnomos.journal.BlobLedger;
import org.junitnomos.journal.ForkTree;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.NodeStateChanged;
import org.junitnomos.journal.JournalEvent.TipChanged;
import org.junitnomos.journal.JournalViews;
import org.junitnomos.journal.NodeTimeline;
import org.junitnomos.journal.RunPhase;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.time.DurationText;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.NodeState;

/** What the judges read from a journal: the window, where each node stands at the end, and whether it runs. */
final class RunFacts {
    final RunContext run;
    final List<JournalEvent> events;
    final ForkTree tree;
    private final JournalViews views;
    private final NodeTimeline nodes;
    private final Deaths deaths;
    private final long now;
    private @Nullable LostPeers lostPeers;
    private long driveStart = -1;
    private long driveEnd = -1;
    private @Nullable String cut;
    private boolean devNodes;
    private @Nullable LeadingWallets wallets;

    RunFacts(RunContext run) {
        this.run = run;
        this.views = run.views();
        this.events = views.read();
        this.tree = views.tree();
        this.nodes = views.nodes();
        this.deaths = new Deaths(nodes);
        this.now = run.clock().now().toNanos();
        for (var event : events) {
            if (event instanceof JournalEvent.PhaseStarted phase && phase.phase() == RunPhase.DRIVE) {
                driveStart = phase.at();
            } else if (event instanceof JournalEvent.PhaseEnded phase && phase.phase() == RunPhase.DRIVE) {
                driveEnd = phase.at();
                cut = phase.problem();
            } else if (event instanceof JournalEvent.RunStarted started) {
                devNodes = started.systemUnderTest().startsWith(NodeKind.DEV_NODES);
            }
        }
    }

    /** Every node that the journal tells of, in the order in which they first appear. */
    List<String> nodes() {
        return nodes.nodes();
    }

    /** Whether dev nodes were tested, which do more than real ones. */
    boolean testsDevNodes() {
        return devNodes;
    }

    /** How many wallets lead on the nodes that know them. */
    LeadingWallets wallets() {
        var known = wallets;
        if (known == null) {
            known = LeadingWallets.of(this);
            wallets = known;
        }
        return known;
    }

    /** What became of the blobs. */
    BlobLedger blobs() {
        return views.blobs();
    }

    /** When the drive began; the first event if it never did. */
    long driveStart() {
        return driveStart >= 0
                ? driveStart
                : events.isEmpty() ? 0 : events.get(0).at();
    }

    /** When the drive ended; the last event if it has not. */
    long driveEnd() {
        return driveEnd >= 0
                ? driveEnd
                : events.isEmpty() ? 0 : events.get(events.size() - 1).at();
    }

    /** Why the drive ended early; null if it did not. */
    @Nullable
    String cut() {
        return cut;
    }

    /** Reads on: {@link #tree} then has what the feed has seen meanwhile, while {@link #events} stay as they are. */
    void readOn() {
        views.read();
        views.tree(); // takes what was read
    }

    /** All whole slots from the beginning of the drive until these facts were read: those of the cooldown, too. */
    SlotWindow slotsUntilNow() {
        long last = events.isEmpty()
                ? now
                : Math.max(now, events.get(events.size() - 1).at());
        return SlotWindow.within(
                run.clock().chainStart().toNanos(),
                run.scenario().topology().consensus().slotDuration().toNanos(),
                driveStart(),
                last);
    }

    /** The nodes that ended by themselves and did not come back; these come before all else in a failure. */
    Deaths deaths() {
        return deaths;
    }

    /** Since when, and why, a node can not be read at the end; empty if it can. */
    Optional<NodeTimeline.BlindSpan> blindness(String node) {
        return nodes.find(node)
                .filter(NodeTimeline.History::isBlind)
                .map(history -> history.blindSpans().get(history.blindSpans().size() - 1));
    }

    /** The first time from then on at which a node could not be read for more than a moment; empty if it could. */
    Optional<NodeTimeline.BlindSpan> blindnessSince(String node, long nanos) {
        long moment = 2 * slotsUntilNow().duration();
        return nodes.find(node).stream()
                .flatMap(history -> history.blindSpans().stream())
                .filter(span -> span.to() > Math.max(nanos, span.from()) + moment)
                .findFirst();
    }

    /** Whether the feed could read a node at a time. */
    boolean couldBeRead(String node, long nanos) {
        return nodes.find(node).stream()
                .flatMap(history -> history.blindSpans().stream())
                .noneMatch(span -> span.from() <= nanos && nanos < span.to());
    }

    /** The nodes that nobody took down on purpose, in the order of the cluster; those that were added come last. */
    List<String> expectedNodes() {
        var names = new LinkedHashSet<>(declaredNodes());
        for (var node : nodes.nodes()) {
            if (state(node).isPresent()) {
                names.add(node);
            }
        }
        return names.stream()
                .filter(node -> state(node)
                        .filter(last -> last.intended() && isAway(last.state()))
                        .isEmpty())
                .toList();
    }

    /** The nodes of the plan; there may have been others, which were added while the run was driven. */
    List<String> declaredNodes() {
        return run.scenario().topology().nodes().stream().map(NodeSpec::name).toList();
    }

    /** Whether a node in that state takes no part in consensus. */
    static boolean isAway(NodeState state) {
        return switch (state) {
            case STOPPED, DEAD, PAUSED, REMOVED -> true;
            case SPAWNED, PORT_OPEN, API_READY, READY, IMPAIRED -> false;
        };
    }

    /** Where a node stands at the end; empty if it never answered. */
    Optional<TipChanged> tip(String node) {
        return nodes.find(node).flatMap(NodeTimeline.History::tip);
    }

    /**
     * Says that a node can never come to a chain: what it takes for final is not on that chain; empty if it is, or if
     * that cannot be known.
     */
    String partedForGood(TipChanged node, TipChanged chain) {
        if (tree.heightOf(node.tip()) < 0 || tree.heightOf(chain.tip()) < 0) {
            return "";
        }
        long together = tree.heightOf(tree.commonAncestor(node.tip(), chain.tip()));
        return node.libHeight() <= together
                ? ""
                : "; it is on another branch since height " + together + " and takes its block of height "
                        + node.libHeight() + " for final, which no node ever leaves (k = " + securityParameter() + ")";
    }

    /** All that was seen of where a node stood. */
    List<TipChanged> tips(String node) {
        return nodes.find(node).map(NodeTimeline.History::tips).orElse(List.of());
    }

    /** The depth k from which a block is final. */
    int securityParameter() {
        return run.scenario().topology().consensus().securityParameter();
    }

    /** When a node began its life, if that was seen; -1 if not, {@link Long#MAX_VALUE} if it is away. */
    long startOf(String node) {
        long start = -1;
        for (var event : events) {
            if (event instanceof NodeStateChanged change && change.node().equals(node) && isAway(change.state())) {
                start = Long.MAX_VALUE;
            } else if (event instanceof NodeStateChanged change
                    && change.node().equals(node)
                    && change.state() == NodeState.READY
                    && start == Long.MAX_VALUE) {
                start = change.at();
            }
        }
        return start;
    }

    /** Whether a node takes no part in consensus, and has not for longer than that. */
    boolean isGone(String node, Duration since) {
        return state(node)
                .filter(last -> isAway(last.state()) && now - last.at() > since.toNanos())
                .isPresent();
    }

    private Optional<NodeStateChanged> state(String node) {
        return nodes.find(node).flatMap(NodeTimeline.History::state);
    }

    /** Where a node stands, for texts. */
    String where(String node) {
        return node + ": "
                + tip(node)
                        .map(tip -> "height " + tip.height() + " at slot " + tip.slot())
                        .orElse("no block seen")
                + state(node)
                        .filter(last -> last.state() != NodeState.READY)
                        .map(last -> " (" + last.state() + ": " + last.reason() + ")")
                        .or(() -> blindness(node).map(this::blindText))
                        .orElse("")
                + lostPeers(node);
    }

    /** Says that a node has fewer peers at the end than it is linked with, and why; empty if it has not. */
    String lostPeers(String node) {
        var known = lostPeers;
        if (known == null) {
            known = new LostPeers(this);
            lostPeers = known;
        }
        return known.of(node);
    }

    private String blindText(NodeTimeline.BlindSpan blind) {
        return " (" + describe(blind) + ")";
    }

    /** Tells when, and why, a node could not be read. */
    static String describe(NodeTimeline.BlindSpan blind) {
        String from = DurationText.format(Duration.ofNanos(blind.from()));
        return (blind.to() == NodeTimeline.OPEN
                        ? "cannot be read since " + from
                        : "could not be read from " + from + " to " + DurationText.format(Duration.ofNanos(blind.to())))
                + ": " + blind.reason();
    }

    /** A number of slots with its time, for texts. */
    String slots(long count) {
        return count + (count == 1 ? " slot (" : " slots (")
                + DurationText.format(
                        run.scenario().topology().consensus().slotDuration().multipliedBy(count))
                + ")";
    }
}
