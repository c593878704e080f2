package org.junitnomos.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.FaultHealed;
import org.junitnomos.journal.JournalEvent.FaultInForce;
import org.junitnomos.journal.JournalEvent.FaultPlanned;
import org.junitnomos.journal.JournalEvent.FaultRequested;

/** The faults of a run: asked for, seen in force, seen healed, each with its proof. */
final class FaultData {
    private FaultData() {}

    static List<Object> json(List<JournalEvent> events, List<String> nodes) {
        var faults = new LinkedHashMap<Integer, LinkedHashMap<String, @Nullable Object>>();
        FaultPlanned planned = null;
        for (var event : events) {
            if (event instanceof FaultPlanned next) {
                planned = next;
            } else if (event instanceof FaultRequested requested) {
                faults.put(requested.fault(), requested(requested, nodes, planned));
                planned = null;
            } else if (event instanceof FaultInForce force) {
                put(faults.get(force.fault()), "force", force.at(), force.proof());
            } else if (event instanceof FaultHealed healed) {
                put(faults.get(healed.fault()), "healed", healed.at(), healed.proof());
            }
        }
        return new ArrayList<>(faults.values());
    }

    private static void put(
            @Nullable LinkedHashMap<String, @Nullable Object> fault, String what, long at, String proof) {
        if (fault != null) {
            fault.put(what, PageTexts.millis(at));
            fault.put(what + "Proof", PageTexts.visible(proof));
        }
    }

    private static LinkedHashMap<String, @Nullable Object> requested(
            FaultRequested requested, List<String> nodes, @Nullable FaultPlanned planned) {
        var fault = new LinkedHashMap<String, @Nullable Object>();
        fault.put("n", requested.fault());
        fault.put("kind", PageTexts.visible(requested.kind()));
        fault.put(
                "targets", requested.targets().stream().map(PageTexts::visible).toList());
        fault.put("nodes", touched(requested, nodes));
        fault.put("detail", PageTexts.visible(requested.detail()));
        fault.put("requested", PageTexts.millis(requested.at()));
        fault.put("force", -1);
        fault.put("healed", -1);
        // A workload says what it is about to do right before it does it.
        fault.put("workload", planned == null ? null : PageTexts.visible(planned.workload()));
        return fault;
    }

    /** Links are named by both of their ends, such as {@code validator-0 - validator-1}. */
    private static int[] touched(FaultRequested requested, List<String> nodes) {
        var text = " " + String.join(" ", requested.targets()) + " " + requested.detail() + " ";
        return nodes.stream()
                .filter(name -> WordSearch.in(text, name))
                .mapToInt(nodes::indexOf)
                .toArray();
    }
}
