package org.junitnomos.expectation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.FaultRequested;
import org.junitnomos.journal.JournalEvent.NodeStateChanged;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.time.DurationText;
import org.junitnomos.topology.NodeState;
import org.opentest4j.AssertionFailedError;

/**
 * Expects that no node ends or comes back by itself: a pure function of the journal.
 *
 * <p>What the test, a workload or the harness asked for is no crash: stops, restarts, kills and removals. The text
 * names every other end of a node with its reason (exit code and known cause where there is one), when it happened,
 * and the faults and planted defects that were in force then.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record NoUnexpectedRestarts() implements Expectation {
    @Override
    public void evaluate(RunContext run) {
        var events = run.journal().events();
        var faults = FaultSpans.withDefects(events);
        var crashes = new ArrayList<String>();
        for (var event : events) {
            if (event instanceof NodeStateChanged change && !change.intended() && isEndOrStart(change.state())) {
                var open = faults.at(change.at(), 0).stream()
                        .map(NoUnexpectedRestarts::text)
                        .collect(Collectors.joining(" and "));
                crashes.add("  " + change.node()
                        + happened(change.state())
                        + DurationText.format(Duration.ofNanos(change.at())) + ": " + change.reason()
                        + (open.isEmpty() ? "; no fault was in force" : "; in force: " + open));
            }
        }
        if (crashes.isEmpty() && isBlank(run)) {
            throw new InconclusiveException("no node was seen in any state, so none could be seen to end");
        }
        if (!crashes.isEmpty()) {
            var text = String.join("\n", crashes);
            throw new AssertionFailedError(
                    "expected that no node ends or comes back by itself but was:\n" + text, "no crash", text);
        }
    }

    private static String text(FaultRequested fault) {
        return fault.kind() + (fault.kind().equals(FaultSpans.DEFECT) ? ' ' + fault.detail() : "") + " of "
                + String.join(", ", fault.targets()) + " (fault " + fault.fault() + ")";
    }

    /** A cluster that serves several runs was deployed before this one: then blocks tell that nodes were seen. */
    private static boolean isBlank(RunContext run) {
        return run.journal().events().stream()
                .noneMatch(event -> event instanceof NodeStateChanged || event instanceof JournalEvent.TipChanged);
    }

    private static String happened(NodeState state) {
        return switch (state) {
            case SPAWNED -> ": came back by itself at ";
            case IMPAIRED -> ": lives on, but a part of it ended by itself at ";
            default -> ": ended by itself at ";
        };
    }

    private static boolean isEndOrStart(NodeState state) {
        return state == NodeState.DEAD
                || state == NodeState.IMPAIRED
                || state == NodeState.STOPPED
                || state == NodeState.SPAWNED;
    }
}
