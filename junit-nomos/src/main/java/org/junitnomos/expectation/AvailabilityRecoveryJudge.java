package org.junitnomos.expectation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.time.CountText;
import org.opentest4j.AssertionFailedError;

/** Judges each heal that leaves no fault in force; reads the journal event by event. */
final class AvailabilityRecoveryJudge {
    private final RunFacts facts;
    private final int withinBlocks;
    private final Set<Integer> open = new TreeSet<>();
    private final Set<BlobId> fresh = new HashSet<>();
    private final List<String> late = new ArrayList<>();
    private boolean waiting;
    private boolean submitted;
    private long healedAt;
    private long healedHeight;
    private long height;
    private int judged;
    private int heals;
    private int disturbed;
    private int idle;
    private int blobs;
    private int blobsBefore;

    AvailabilityRecoveryJudge(RunContext run, int withinBlocks) {
        this.facts = new RunFacts(run);
        this.withinBlocks = withinBlocks;
    }

    void judge() {
        facts.events.forEach(this::accept);
        if (waiting) {
            end();
        }
        if (!late.isEmpty()) {
            throw new AssertionFailedError("expected a blob on the chain within " + withinBlocks
                    + " blocks after all faults were healed but:\n" + String.join("\n", late));
        }
        if (judged == 0) {
            throw new InconclusiveException(
                    "no heal could be judged: " + why() + new LoadFacts(facts).becauseOfTheCut());
        }
    }

    private String why() {
        if (heals == 0) {
            return open.isEmpty()
                    ? "there was no fault"
                    : "there was none that left no fault in force, " + open.size() + " are in force at the end";
        }
        var reasons = new ArrayList<String>();
        reason(reasons, disturbed, was(disturbed) + "followed by another fault too soon");
        reason(reasons, idle, was(idle) + "followed by no blob" + (blobs == 0 ? ", as none was submitted at all" : ""));
        if (waiting) {
            reason(reasons, 1, "came too shortly before the end");
        }
        if (height == 0) {
            reasons.add("no block was seen");
        }
        return "of " + CountText.of(heals, "heal") + " that left no fault in force " + String.join("; ", reasons);
    }

    private String since() {
        return "; " + CountText.of(blobs - blobsBefore, "blob") + ' ' + was(blobs - blobsBefore)
                + "submitted in that time, and " + fresh.size() + " dispersed";
    }

    private static String was(int count) {
        return count == 1 ? "was " : "were ";
    }

    private static void reason(List<String> reasons, int count, String text) {
        if (count > 0) {
            reasons.add(count + " " + text);
        }
    }

    private void accept(JournalEvent event) {
        if (event instanceof JournalEvent.BlockObserved block) {
            height = Math.max(height, block.height());
            giveUp();
        } else if (event instanceof JournalEvent.FaultRequested fault) {
            open.add(fault.fault());
            disturbed += waiting ? 1 : 0;
            waiting = false;
        } else if (event instanceof JournalEvent.FaultHealed healed) {
            heal(healed);
        } else {
            watch(event);
        }
    }

    private void heal(JournalEvent.FaultHealed healed) {
        if (open.remove(healed.fault()) && open.isEmpty()) {
            heals++;
            waiting = true;
            submitted = false;
            healedAt = healed.at();
            healedHeight = height;
            blobsBefore = blobs;
            fresh.clear();
        }
    }

    private void watch(JournalEvent event) {
        if (event instanceof JournalEvent.BlobSubmitted) {
            blobs++;
            submitted |= height - healedHeight <= withinBlocks / 2;
        } else if (event instanceof JournalEvent.BlobDispersed dispersed && waiting) {
            fresh.add(dispersed.blob());
        } else if (event instanceof JournalEvent.BlobIncluded included && waiting && fresh.contains(included.blob())) {
            waiting = false;
            judged++;
        }
    }

    private void giveUp() {
        if (!waiting || height <= healedHeight + withinBlocks) {
            return;
        }
        waiting = false;
        if (submitted) {
            judged++;
            late.add("  none from the heal at " + LateReasons.time(healedAt) + " (height " + healedHeight
                    + ") to height " + height + since());
        } else {
            idle++;
        }
    }

    /** The run ended before the chain had grown so much: too soon, or it does not grow. */
    private void end() {
        var pace = new ChainPace(facts);
        boolean driven = submitted || pace.isTimeFor(withinBlocks, healedAt, facts.driveEnd());
        if (driven && pace.isTimeFor(withinBlocks + 1, healedAt)) {
            waiting = false;
            judged++;
            late.add("  none from the heal at " + LateReasons.time(healedAt) + " (height " + healedHeight
                    + ") to the end: "
                    + LateReasons.stopped(facts, pace)
                            .orElse("the chain grew by " + (height - healedHeight) + " blocks only"));
        }
    }
}
