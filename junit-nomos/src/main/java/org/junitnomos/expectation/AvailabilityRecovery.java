package org.junitnomos.expectation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.apiguardian.api.API;
import org.junitnomos.internal.DurationText;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.opentest4j.AssertionFailedError;

/**
 * Expect that blobs get onto the chain again once all faults are healed: a pure function of the journal.
 *
 * <p>After each heal that leaves no fault in force, some blob that was dispersed after it must be announced on the
 * reference chain before that grows by more than {@code withinBlocks} blocks. A heal is not judged if another fault
 * comes before that, if no blob was handed in during the first half of those blocks, or if the chain ends before.
 *
 * @param withinBlocks blocks by which the chain may grow; at least 1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record AvailabilityRecovery(int withinBlocks) implements Expectation {
    /** Blocks by default. */
    public static final int DEFAULT_WITHIN_BLOCKS = 20;

    /** Expect a blob within {@value #DEFAULT_WITHIN_BLOCKS} blocks. */
    public AvailabilityRecovery() {
        this(DEFAULT_WITHIN_BLOCKS);
    }

    @Override
    public String name() {
        return "availability recovery";
    }

    @Override
    public void validate(Scenario scenario, Problems problems) {
        if (withinBlocks < 1) {
            problems.add("@ExpectAvailabilityRecovery.withinBlocks", withinBlocks, "at least 1 block", "Raise it");
        }
        BlobRuns.requireWorkload(scenario, problems, "@ExpectAvailabilityRecovery");
    }

    @Override
    public void evaluate(RunContext run) {
        var judge = new Judge();
        run.journal().events().forEach(judge::accept);
        if (!judge.late.isEmpty()) {
            throw new AssertionFailedError("expected a blob on the chain within " + withinBlocks
                    + " blocks after all faults were healed but:\n" + String.join("\n", judge.late));
        }
        if (judge.judged == 0) {
            throw new InconclusiveException("no heal could be judged: there was none that left no fault in force, or"
                    + " the chain or the workload ended too soon after it");
        }
    }

    /** Reads the journal event by event. */
    private final class Judge {
        private final Set<Integer> open = new TreeSet<>();
        private final Set<BlobId> fresh = new HashSet<>(); // looked up only, never iterated
        private final ArrayList<String> late = new ArrayList<>();
        private boolean waiting;
        private boolean handedIn;
        private long healedAt;
        private long healedHeight;
        private long height;
        private int judged;

        void accept(JournalEvent event) {
            if (event instanceof JournalEvent.BlockObserved block) {
                height = Math.max(height, block.height());
                giveUp();
            } else if (event instanceof JournalEvent.FaultRequested fault) {
                open.add(fault.fault());
                waiting = false;
            } else if (event instanceof JournalEvent.FaultHealed healed) {
                heal(healed);
            } else if (waiting) {
                watch(event);
            }
        }

        private void heal(JournalEvent.FaultHealed healed) {
            if (open.remove(healed.fault()) && open.isEmpty()) {
                waiting = true;
                handedIn = false;
                healedAt = healed.at();
                healedHeight = height;
                fresh.clear();
            }
        }

        private void watch(JournalEvent event) {
            if (event instanceof JournalEvent.BlobSubmitted) {
                handedIn |= height - healedHeight <= withinBlocks / 2;
            } else if (event instanceof JournalEvent.BlobDispersed dispersed) {
                fresh.add(dispersed.blob());
            } else if (event instanceof JournalEvent.BlobIncluded included && fresh.contains(included.blob())) {
                waiting = false;
                judged++;
            }
        }

        private void giveUp() {
            if (!waiting || height <= healedHeight + withinBlocks) {
                return;
            }
            waiting = false;
            if (handedIn) {
                judged++;
                late.add("  none from the heal at " + DurationText.format(Duration.ofNanos(healedAt)) + " (height "
                        + healedHeight + ") to height " + height);
            }
        }
    }
}
