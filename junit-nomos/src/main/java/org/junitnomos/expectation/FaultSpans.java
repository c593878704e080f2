package org.junitnomos.expectation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.FaultRequested;

/** When each fault of a journal was asked for, and when it was healed. */
final class FaultSpans {
    /** A node with a defect is judged as any other: whoever gave it wants to know who notices. */
    static final String DEFECT = "defect";

    private static final long OPEN = Long.MAX_VALUE;

    private final Map<Integer, FaultRequested> faults = new TreeMap<>();
    private final Map<Integer, Long> ends = new TreeMap<>();

    static FaultSpans of(List<JournalEvent> events) {
        return of(events, false);
    }

    /** Defects as well: they excuse nothing, and explain much. */
    static FaultSpans withDefects(List<JournalEvent> events) {
        return of(events, true);
    }

    private static FaultSpans of(List<JournalEvent> events, boolean defects) {
        var spans = new FaultSpans();
        for (var event : events) {
            if (event instanceof FaultRequested fault
                    && (defects || !fault.kind().equals(DEFECT))) {
                spans.faults.put(fault.fault(), fault);
            } else if (event instanceof JournalEvent.FaultHealed healed) {
                spans.ends.put(healed.fault(), healed.at());
            }
        }
        return spans;
    }

    /** The faults that were in force at a time, or were so a while before it: what a fault did may show late. */
    List<FaultRequested> at(long nanos, long afterwards) {
        var found = new ArrayList<FaultRequested>();
        for (var fault : faults.values()) {
            long end = ends.getOrDefault(fault.fault(), OPEN);
            if (fault.at() <= nanos && (end == OPEN || nanos <= end + afterwards)) {
                found.add(fault);
            }
        }
        return found;
    }

    /** Whether no fault was in force at any time of a span. */
    boolean areCalm(long from, long until) {
        return faults.values().stream()
                .noneMatch(fault -> fault.at() <= until && ends.getOrDefault(fault.fault(), OPEN) >= from);
    }
}
