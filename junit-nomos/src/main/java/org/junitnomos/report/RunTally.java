package org.junitnomos.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.FaultRequested;
import org.junitnomos.runner.FaultKind;
import org.junitnomos.topology.NodeState;

/** Counts, event by event, what the progress of a run shows. Thread-safe. */
final class RunTally {
    private static final int KINDS_SHOWN = 3;

    private final Map<Integer, FaultRequested> requested = new TreeMap<>();
    private final Map<Integer, FaultRequested> inForce = new TreeMap<>();
    private final Map<String, NodeState> states = new LinkedHashMap<>();
    private long transactions;
    private long transactionsIncluded;
    private long blobs;
    private long blobsIncluded;

    synchronized void accept(JournalEvent event) {
        if (event instanceof JournalEvent.NodeStateChanged changed) {
            states.put(changed.node(), changed.state());
        } else if (event instanceof JournalEvent.TransactionSubmitted submitted) {
            transactions += submitted.attempt() == 1 ? 1 : 0;
        } else if (event instanceof JournalEvent.TransactionIncluded) {
            transactionsIncluded++;
        } else if (event instanceof JournalEvent.TransactionOrphaned) {
            transactionsIncluded--;
        } else if (event instanceof JournalEvent.BlobSubmitted submitted) {
            blobs += submitted.attempt() == 1 ? 1 : 0;
        } else if (event instanceof JournalEvent.BlobIncluded) {
            blobsIncluded++;
        } else if (event instanceof JournalEvent.BlobOrphaned) {
            blobsIncluded--;
        } else {
            acceptFault(event);
        }
    }

    private void acceptFault(JournalEvent event) {
        if (event instanceof FaultRequested fault) {
            requested.put(fault.fault(), fault);
        } else if (event instanceof JournalEvent.FaultInForce fault) {
            var known = requested.get(fault.fault());
            if (known != null && FaultKind.lasts(known.kind())) {
                inForce.put(fault.fault(), known);
            }
        } else if (event instanceof JournalEvent.FaultHealed fault) {
            inForce.remove(fault.fault());
            requested.remove(fault.fault());
        }
    }

    /** {@return how many nodes are ready} */
    synchronized long readyNodes() {
        return states.values().stream()
                .filter(state -> state == NodeState.READY)
                .count();
    }

    /** {@return the transactions that are on the chain and those that were submitted; empty if there are none} */
    synchronized String transactions() {
        return transactions == 0 ? "" : transactionsIncluded + "/" + transactions + " transactions";
    }

    /** {@return the blobs that are on the chain and those that were submitted; empty if there are none} */
    synchronized String blobs() {
        return blobs == 0 ? "" : blobsIncluded + "/" + blobs + " blobs";
    }

    /** {@return the kinds of the faults in force, oldest first; empty if there are none} */
    synchronized String faults() {
        if (inForce.isEmpty()) {
            return "";
        }
        var kinds =
                inForce.values().stream().map(FaultRequested::kind).distinct().toList();
        String shown = String.join(", ", kinds.subList(0, Math.min(KINDS_SHOWN, kinds.size())));
        return "in force: " + inForce.size() + " (" + shown + (kinds.size() > KINDS_SHOWN ? ", …" : "") + ")";
    }
}
