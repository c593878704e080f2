package org.junitnomos.runner;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.junitnomos.feed.BlockFeed;
import org.junitnomos.scenario.ScenarioClock;
import org.junitnomos.time.DurationText;
import org.junitnomos.time.Timeline;
import org.opentest4j.AssertionFailedError;

/** The clock of a run: the cluster's timeline, which a cut of the run window ends for the threads that it drives. */
final class RunClock implements ScenarioClock {
    private static final int ATTEMPTS_PER_SLOT = 10;
    private static final Duration SHORTEST_PERIOD = Duration.ofMillis(1);

    private final Timeline timeline;
    private final DriveState drive;
    private final BlockFeed feed;
    private final Duration slot;
    private final Duration chainStart;

    RunClock(Timeline timeline, DriveState drive, BlockFeed feed, Duration slot, Duration chainStart) {
        this.timeline = timeline;
        this.drive = drive;
        this.feed = feed;
        this.slot = slot;
        this.chainStart = chainStart;
    }

    @Override
    public Duration now() {
        return Duration.ofNanos(timeline.nanos());
    }

    @Override
    public Instant instant() {
        return timeline.instant();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (!drive.drivesThisThread() || duration.isZero() || duration.isNegative()) {
            refuseIfCut();
            timeline.sleep(duration);
        } else if (drive.over().await(drive::isCut, duration)) {
            refuseIfCut();
        }
    }

    private void refuseIfCut() throws InterruptedException {
        String cut = drive.cut();
        if (cut != null && drive.drivesThisThread()) {
            throw new InterruptedException("the run window ended early: " + cut);
        }
    }

    @Override
    public void await(String description, Duration timeout, BooleanSupplier condition) throws InterruptedException {
        timeline.checkManaged("run.clock().await(...)");
        long start = timeline.nanos();
        Duration period = slot.dividedBy(ATTEMPTS_PER_SLOT);
        period = period.compareTo(SHORTEST_PERIOD) < 0 ? SHORTEST_PERIOD : period;
        for (int attempts = 1; ; attempts++) {
            if (condition.getAsBoolean()) {
                return;
            }
            Duration left = timeout.minusNanos(timeline.nanos() - start);
            if (left.isZero() || left.isNegative()) {
                throw new AssertionFailedError("waited " + DurationText.ofNanos(timeline.nanos() - start) + " until "
                        + description + ": not so after " + attempts + (attempts == 1 ? " attempt" : " attempts")
                        + ", one every " + DurationText.format(period));
            }
            sleep(left.compareTo(period) < 0 ? left : period);
        }
    }

    @Override
    public void sleepSlots(long slots) throws InterruptedException {
        if (slots < 0) {
            throw new IllegalArgumentException("slots to sleep are " + slots + ", expected 0 or more");
        }
        sleep(slot.multipliedBy(slots));
    }

    @Override
    public void awaitBlocks(long blocks, Duration timeout) throws InterruptedException {
        if (blocks < 1) {
            throw new IllegalArgumentException("blocks to wait for are " + blocks + ", expected 1 or more");
        }
        long from = feed.height();
        long target = from + blocks;
        try {
            await("the longest chain has height " + target, timeout, () -> feed.height() >= target);
        } catch (AssertionFailedError e) {
            throw new AssertionFailedError(
                    e.getMessage() + "; it grew from height " + from + " to " + feed.height() + ", expected " + blocks
                            + (blocks == 1 ? " block" : " blocks"),
                    target,
                    feed.height(),
                    e);
        }
    }

    @Override
    public long slot() {
        long nanos = timeline.nanos() - chainStart.toNanos();
        return Math.max(0, Math.floorDiv(nanos, slot.toNanos()));
    }

    @Override
    public Duration chainStart() {
        return chainStart;
    }

    @Override
    public boolean isVirtual() {
        return timeline.isVirtual();
    }
}
