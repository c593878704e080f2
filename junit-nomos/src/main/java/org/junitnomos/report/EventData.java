package org.junitnomos.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.BlobDispersed;
import org.junitnomos.journal.JournalEvent.BlobFinal;
import org.junitnomos.journal.JournalEvent.BlobIncluded;
import org.junitnomos.journal.JournalEvent.BlobPooled;
import org.junitnomos.journal.JournalEvent.BlobRefused;
import org.junitnomos.journal.JournalEvent.BlobRetrieved;
import org.junitnomos.journal.JournalEvent.BlobSubmitted;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.journal.JournalEvent.BlockSeen;
import org.junitnomos.journal.JournalEvent.ChannelMessageObserved;
import org.junitnomos.journal.JournalEvent.ContradictionEnded;
import org.junitnomos.journal.JournalEvent.ContradictionSeen;
import org.junitnomos.journal.JournalEvent.DeadlineExceeded;
import org.junitnomos.journal.JournalEvent.ExpectationJudged;
import org.junitnomos.journal.JournalEvent.FaultHealed;
import org.junitnomos.journal.JournalEvent.FaultInForce;
import org.junitnomos.journal.JournalEvent.FaultPlanned;
import org.junitnomos.journal.JournalEvent.FaultRequested;
import org.junitnomos.journal.JournalEvent.FeedBlind;
import org.junitnomos.journal.JournalEvent.HostileSubmitted;
import org.junitnomos.journal.JournalEvent.MetricsSampled;
import org.junitnomos.journal.JournalEvent.NodeStateChanged;
import org.junitnomos.journal.JournalEvent.NodeUpgraded;
import org.junitnomos.journal.JournalEvent.Note;
import org.junitnomos.journal.JournalEvent.PeersCounted;
import org.junitnomos.journal.JournalEvent.PhaseEnded;
import org.junitnomos.journal.JournalEvent.PhaseStarted;
import org.junitnomos.journal.JournalEvent.RunEnded;
import org.junitnomos.journal.JournalEvent.RunStarted;
import org.junitnomos.journal.JournalEvent.TipChanged;
import org.junitnomos.journal.JournalEvent.TransactionAccepted;
import org.junitnomos.journal.JournalEvent.TransactionFinal;
import org.junitnomos.journal.JournalEvent.TransactionIncluded;
import org.junitnomos.journal.JournalEvent.TransactionOrphaned;
import org.junitnomos.journal.JournalEvent.TransactionRejected;
import org.junitnomos.journal.JournalEvent.TransactionSubmitted;
import org.junitnomos.journal.JournalEvent.WorkloadEnded;

/**
 * The events of the journal that do not come over and over, as text, each with its line in the journal: what the page
 * shows around a moment. Blocks and the fates of transactions have columns of their own.
 */
final class EventData {
    private static final int MOST = 6_000;
    private static final int LONGEST = 500;

    private record Row(long at, String kind, int node, String text, int line) {}

    private final List<String> nodes;
    private final List<Row> rows = new ArrayList<>();

    private EventData(List<String> nodes) {
        this.nodes = nodes;
    }

    static List<Object> json(List<JournalEvent> events, List<String> nodes, Thinning thinning) {
        var data = new EventData(nodes);
        for (int i = 0; i < events.size(); i++) {
            data.add(events.get(i), i + 1);
        }
        var counts = new LinkedHashMap<String, Integer>();
        data.rows.forEach(row -> counts.merge(row.kind(), 1, Integer::sum));
        var shown = thinning.of(
                "events of the journal, besides blocks and transactions",
                data.rows,
                MOST,
                row -> counts.getOrDefault(row.kind(), 0) <= MOST / 10);
        var list = new ArrayList<Object>();
        for (var row : shown) {
            list.add(List.of(PageTexts.millis(row.at()), row.kind(), row.node(), row.text(), row.line()));
        }
        return list;
    }

    private void add(JournalEvent event, int line) {
        if (event instanceof TipChanged tip) {
            if (tip.reorgDepth() > 0) {
                put(
                        tip,
                        line,
                        "reorg",
                        tip.node(),
                        "left " + tip.reorgDepth() + " blocks for another branch, now at height " + tip.height());
            }
        } else if (!(event instanceof BlockSeen
                || event instanceof BlockObserved
                || event instanceof MetricsSampled
                || event instanceof TransactionSubmitted
                || event instanceof TransactionAccepted
                || event instanceof TransactionIncluded
                || event instanceof TransactionFinal
                || event instanceof ChannelMessageObserved
                || event instanceof BlobSubmitted
                || event instanceof BlobDispersed
                || event instanceof BlobPooled
                || event instanceof BlobIncluded
                || event instanceof BlobFinal
                || event instanceof RunStarted)) {
            ofRun(event, line);
        }
    }

    private void ofRun(JournalEvent event, int line) {
        if (event instanceof PhaseStarted each) {
            put(each, line, "phase", null, each.phase() + " began");
        } else if (event instanceof PhaseEnded each) {
            put(
                    each,
                    line,
                    "phase",
                    null,
                    each.phase() + " ended" + (each.problem() == null ? "" : ": " + each.problem()));
        } else if (event instanceof NodeStateChanged each) {
            put(
                    each,
                    line,
                    "state",
                    each.node(),
                    each.state() + (each.intended() ? "" : " (nobody asked for it)") + ": " + each.reason());
        } else if (event instanceof NodeUpgraded each) {
            put(each, line, "upgrade", each.node(), "runs " + each.to() + " after " + each.from());
        } else if (event instanceof FeedBlind each) {
            put(each, line, "unreadable", each.node(), each.reason());
        } else if (event instanceof ContradictionSeen each) {
            put(
                    each,
                    line,
                    "contradiction",
                    each.node(),
                    each.about() + ": expected " + each.expected() + ", observed " + each.observed() + " ("
                            + each.times() + " times)");
        } else if (event instanceof ContradictionEnded each) {
            put(
                    each,
                    line,
                    "contradiction",
                    each.node(),
                    each.about() + " fits again after " + each.times() + " times");
        } else if (event instanceof PeersCounted each) {
            put(each, line, "peers", each.node(), each.peers() + " peers, " + each.connections() + " connections");
        } else if (event instanceof Note each) {
            put(each, line, "note", null, each.author() + ": " + each.text());
        } else if (event instanceof DeadlineExceeded each) {
            put(each, line, "deadline", null, each.what());
        } else if (event instanceof WorkloadEnded each) {
            put(
                    each,
                    line,
                    "workload",
                    null,
                    each.workload() + " ended" + (each.problem() == null ? "" : ": " + each.problem()));
        } else if (event instanceof ExpectationJudged each) {
            put(each, line, "judged", null, each.expectation() + ": " + each.verdict());
        } else if (event instanceof RunEnded each) {
            put(each, line, "phase", null, "the run ended: " + each.verdict());
        } else {
            ofFaultsAndLoad(event, line);
        }
    }

    private void ofFaultsAndLoad(JournalEvent event, int line) {
        if (event instanceof FaultPlanned each) {
            put(each, line, "fault", null, each.workload() + " decided: " + each.kind() + " " + each.targets());
        } else if (event instanceof FaultRequested each) {
            put(
                    each,
                    line,
                    "fault",
                    null,
                    "fault " + each.fault() + " requested: " + each.kind() + " " + each.targets() + " "
                            + each.detail());
        } else if (event instanceof FaultInForce each) {
            put(each, line, "fault", null, "fault " + each.fault() + " in force: " + each.proof());
        } else if (event instanceof FaultHealed each) {
            put(each, line, "fault", null, "fault " + each.fault() + " healed: " + each.proof());
        } else if (event instanceof TransactionRejected each) {
            put(
                    each,
                    line,
                    "refused",
                    each.node(),
                    "transaction " + each.transaction().toHex() + ": " + each.status() + " " + each.reason());
        } else if (event instanceof TransactionOrphaned each) {
            put(
                    each,
                    line,
                    "orphaned",
                    null,
                    "transaction " + each.transaction().toHex() + " left the chain with block "
                            + each.block().toHex());
        } else if (event instanceof HostileSubmitted each) {
            put(
                    each,
                    line,
                    "hostile",
                    each.node(),
                    each.kind() + ", transaction " + each.transaction().toHex() + ", answered " + each.status());
        } else if (event instanceof BlobRefused each) {
            put(
                    each,
                    line,
                    "refused",
                    each.node(),
                    "blob " + each.content() + ": " + each.status() + " " + each.reason());
        } else if (event instanceof BlobRetrieved each) {
            put(
                    each,
                    line,
                    "blob",
                    null,
                    "blob " + each.blob().toHex()
                            + (each.problem() == null
                                    ? " retrieved, columns " + each.columns()
                                    : " not retrieved: " + each.problem()));
        } else {
            put(event, line, "other", null, event.toString());
        }
    }

    private void put(JournalEvent event, int line, String kind, @Nullable String node, String text) {
        int index = node == null ? -1 : nodes.indexOf(node);
        rows.add(new Row(event.at(), kind, index, PageTexts.shortened(PageTexts.visible(text), LONGEST), line));
    }
}
