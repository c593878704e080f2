package org.junitnomos.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.journal.JournalEvent.FaultHealed;
import org.junitnomos.journal.JournalEvent.FaultInForce;
import org.junitnomos.journal.JournalEvent.FaultRequested;
import org.junitnomos.journal.JournalEvent.FeedBlind;
import org.junitnomos.journal.JournalEvent.NodeStateChanged;
import org.junitnomos.journal.JournalEvent.TipChanged;
import org.junitnomos.journal.JournalEvent.TransactionAccepted;
import org.junitnomos.journal.JournalEvent.TransactionFinal;
import org.junitnomos.journal.JournalEvent.TransactionIncluded;
import org.junitnomos.journal.JournalEvent.TransactionOrphaned;
import org.junitnomos.journal.JournalEvent.TransactionRejected;
import org.junitnomos.journal.JournalEvent.TransactionSubmitted;
import org.junitnomos.mantle.TxHash;

/** Sums a journal up: what every kind of report shows. Not thread-safe; made from a journal once. */
final class RunFacts {
    /** What became of a node. */
    static final class Node {
        @Nullable
        String state;

        @Nullable
        String reason;

        long height;
        long libHeight = -1;
        int restarts;
        int reorgs;
        int deepestReorg;
        int blind;
    }

    /** What became of a fault; times in nanoseconds of run time, -1 for never. */
    static final class Fault {
        final FaultRequested requested;
        long inForceAt = -1;
        long healedAt = -1;

        @Nullable
        String proof;

        Fault(FaultRequested requested) {
            this.requested = requested;
        }
    }

    final Map<String, Node> nodes = new LinkedHashMap<>();
    final Map<Integer, Fault> faults = new LinkedHashMap<>();
    final List<JournalEvent.Note> notes = new ArrayList<>();
    int blocks;
    long height;
    long submissions;
    long rejections;
    long orphanings;
    private final Set<TxHash> submitted = new LinkedHashSet<>();
    private final Set<TxHash> accepted = new LinkedHashSet<>();
    private final Set<TxHash> included = new LinkedHashSet<>();
    private final Set<TxHash> last = new LinkedHashSet<>();

    RunFacts(List<String> nodeNames, List<JournalEvent> events) {
        nodeNames.forEach(name -> nodes.put(name, new Node()));
        events.forEach(this::add);
    }

    private void add(JournalEvent event) {
        if (event instanceof BlockObserved block) {
            blocks++;
            height = Math.max(height, block.height());
        } else if (event instanceof TipChanged tip) {
            var node = node(tip.node());
            node.height = tip.height();
            node.libHeight = tip.libHeight();
            node.reorgs += tip.reorgDepth() > 0 ? 1 : 0;
            node.deepestReorg = Math.max(node.deepestReorg, tip.reorgDepth());
        } else if (event instanceof NodeStateChanged change) {
            var node = node(change.node());
            node.restarts += node.state != null && change.state().name().equals("SPAWNED") ? 1 : 0;
            node.state = change.state().name();
            node.reason = change.reason();
        } else if (event instanceof FeedBlind blind) {
            node(blind.node()).blind++;
        } else if (event instanceof JournalEvent.Note note) {
            notes.add(note);
        } else if (!addFault(event)) {
            addTransaction(event);
        }
    }

    private boolean addFault(JournalEvent event) {
        if (event instanceof FaultRequested requested) {
            faults.put(requested.fault(), new Fault(requested));
            return true;
        }
        if (event instanceof FaultInForce force) {
            var fault = faults.get(force.fault());
            if (fault != null) {
                fault.inForceAt = force.at();
                fault.proof = force.proof();
            }
            return true;
        }
        if (event instanceof FaultHealed healed) {
            var fault = faults.get(healed.fault());
            if (fault != null) {
                fault.healedAt = healed.at();
            }
            return true;
        }
        return false;
    }

    private void addTransaction(JournalEvent event) {
        if (event instanceof TransactionSubmitted submission) {
            submissions++;
            submitted.add(submission.transaction());
        } else if (event instanceof TransactionAccepted acceptance) {
            accepted.add(acceptance.transaction());
        } else if (event instanceof TransactionRejected) {
            rejections++;
        } else if (event instanceof TransactionIncluded inclusion) {
            included.add(inclusion.transaction());
        } else if (event instanceof TransactionOrphaned orphaned) {
            orphanings++;
            included.remove(orphaned.transaction());
        } else if (event instanceof TransactionFinal fin) {
            last.add(fin.transaction());
        }
    }

    private Node node(String name) {
        return nodes.computeIfAbsent(name, key -> new Node());
    }

    int submitted() {
        return submitted.size();
    }

    int accepted() {
        return accepted.size();
    }

    /** Transactions that are on the reference chain at the end. */
    int included() {
        return included.size();
    }

    int irreversible() {
        return last.size();
    }

    /** Transactions that some node accepted and that are not on the reference chain at the end. */
    long missing() {
        return accepted.stream().filter(hash -> !included.contains(hash)).count();
    }
}
