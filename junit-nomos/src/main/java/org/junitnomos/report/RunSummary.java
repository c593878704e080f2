package org.junitnomos.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.journal.JournalEvent.DependentSubmitted;
import org.junitnomos.journal.JournalEvent.FaultHealed;
import org.junitnomos.journal.JournalEvent.FaultInForce;
import org.junitnomos.journal.JournalEvent.FaultRequested;
import org.junitnomos.journal.JournalEvent.PhaseEnded;
import org.junitnomos.journal.JournalEvent.PhaseStarted;
import org.junitnomos.journal.NodeTimeline;
import org.junitnomos.journal.RunPhase;
import org.junitnomos.journal.TransactionLedger;
import org.junitnomos.journal.TransactionLedger.Fate;

/** Sums a journal up: what every kind of report shows. Not thread-safe; made from a journal once. */
final class RunSummary {
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

    /** What became of some transactions. */
    record Transactions(List<Fate> fates) {
        private long sum(ToLongFunction<Fate> of) {
            return fates.stream().mapToLong(of).sum();
        }

        int submitted() {
            return fates.size();
        }

        /** Attempts, of which a transaction may need several. */
        long submissions() {
            return sum(Fate::attempts);
        }

        long accepted() {
            return sum(fate -> isAccepted(fate) ? 1 : 0);
        }

        long rejections() {
            return sum(Fate::rejections);
        }

        /** Transactions that are on the reference chain at the end. */
        long included() {
            return sum(fate -> fate.block() != null ? 1 : 0);
        }

        long orphanings() {
            return sum(Fate::orphanings);
        }

        long irreversible() {
            return sum(fate -> fate.state() == TransactionLedger.State.FINAL ? 1 : 0);
        }

        /** Transactions that some node accepted and that are not on the reference chain at the end. */
        long missing() {
            return sum(fate -> isAccepted(fate) && fate.block() == null ? 1 : 0);
        }

        private static boolean isAccepted(Fate fate) {
            return fate.acceptedAt() != TransactionLedger.NEVER;
        }
    }

    final NodeTimeline nodes;
    final Transactions transactions;
    final Map<String, Transactions> byWorkload = new TreeMap<>();
    final Map<Integer, Fault> faults = new LinkedHashMap<>();
    final List<JournalEvent.Note> notes = new ArrayList<>();
    final List<JournalEvent.LoadDelivered> load = new ArrayList<>();
    final List<String> warnings;
    int blocks;
    long height;
    long heightBeforeDrive;
    long heightAfterDrive;

    RunSummary(List<JournalEvent> events) {
        nodes = NodeTimeline.of(events);
        transactions = new Transactions(TransactionLedger.of(events).fates());
        for (Fate fate : transactions.fates()) {
            byWorkload
                    .computeIfAbsent(fate.workload(), name -> new Transactions(new ArrayList<>()))
                    .fates()
                    .add(fate);
        }
        events.forEach(this::add);
        warnings = warnings(events);
    }

    /** What a run did at its own risk: one text a workload. */
    static List<String> warnings(List<JournalEvent> events) {
        var first = new LinkedHashMap<String, DependentSubmitted>();
        var counts = new HashMap<String, Integer>();
        for (var event : events) {
            if (event instanceof DependentSubmitted each) {
                first.putIfAbsent(each.workload(), each);
                counts.merge(each.workload(), 1, Integer::sum);
            }
        }
        return first.values().stream()
                .map(each -> each.workload() + " submitted transactions before what they build on was in a block, "
                        + counts.get(each.workload()) + " in all, first "
                        + each.transaction().toHex() + " on " + each.parent().toHex()
                        + ": a node tries what is pending once, ascending by id, and drops what fails, so each of them"
                        + " is lost with a chance of one half (node contract 3.5). Wait for the other one first, with"
                        + " awaitInBlock(...).")
                .toList();
    }

    private void add(JournalEvent event) {
        if (event instanceof BlockObserved block) {
            blocks++;
            height = Math.max(height, block.height());
        } else if (event instanceof PhaseStarted started && started.phase() == RunPhase.DRIVE) {
            heightBeforeDrive = height;
        } else if (event instanceof PhaseEnded ended && ended.phase() == RunPhase.DRIVE) {
            heightAfterDrive = height;
        } else if (event instanceof JournalEvent.Note note) {
            notes.add(note);
        } else if (event instanceof JournalEvent.LoadDelivered delivered) {
            load.add(delivered);
        } else if (event instanceof FaultRequested requested) {
            faults.put(requested.fault(), new Fault(requested));
        } else if (event instanceof FaultInForce force) {
            var fault = faults.get(force.fault());
            if (fault != null) {
                fault.inForceAt = force.at();
                fault.proof = force.proof();
            }
        } else if (event instanceof FaultHealed healed) {
            var fault = faults.get(healed.fault());
            if (fault != null) {
                fault.healedAt = healed.at();
            }
        }
    }
}
