package org.junitnomos.chaos;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junitnomos.journal.Journal;
import org.junitnomos.journal.JournalEvent;

/**
 * Know whether a fault of links or clocks is in force, whoever asked for it. A heal mends all of them at once, so the
 * faults of workloads take turns. Thread-safe.
 */
final class OpenFaults {
    private static final List<String> OF_NODES = List.of("stop", "start", "restart");

    private final Set<Integer> requested = new LinkedHashSet<>();
    private final Set<Integer> healed = new LinkedHashSet<>();

    OpenFaults(Journal journal) {
        journal.subscribe(this::hear);
        journal.events().forEach(this::hear);
    }

    private synchronized void hear(JournalEvent event) {
        if (event instanceof JournalEvent.FaultRequested fault && !OF_NODES.contains(fault.kind())) {
            requested.add(fault.fault());
        } else if (event instanceof JournalEvent.FaultHealed fault) {
            healed.add(fault.fault());
        }
    }

    synchronized boolean any() {
        return !healed.containsAll(requested);
    }
}
