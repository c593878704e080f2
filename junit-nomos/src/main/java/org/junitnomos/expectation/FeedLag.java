package org.junitnomos.expectation;

import java.time.Duration;
import java.util.Objects;
import org.apiguardian.api.API;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.metrics.MetricNumber;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.time.DurationText;

/**
 * Expects that the feed sees a share of the blocks within a time after the beginning of their slot, on any node.
 *
 * <p>Judged are the blocks of the slots of the run window, those beside the chain included. A clock that is set apart,
 * or nodes that were paused and play the slots that they missed, make blocks that are seen late. Inconclusive without
 * a block.
 *
 * @param percentile the share in percent; more than 0, at most 100
 * @param within the time; more than 0
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record FeedLag(double percentile, Duration within) implements Expectation {
    public FeedLag {
        Objects.requireNonNull(within, "within");
    }

    @Override
    public String name() {
        return "lag of the feed for " + MetricNumber.shortText(percentile) + " % within " + DurationText.format(within);
    }

    @Override
    public void validate(Scenario scenario, Problems problems) {
        Delays.validate(percentile, within, problems);
    }

    @Override
    public void evaluate(RunContext run) {
        var facts = new RunFacts(run);
        var all = facts.slotsUntilNow();
        long end = all.slotOf(facts.driveEnd());
        var delays = new Delays(percentile, within);
        for (var event : facts.events) {
            if (event instanceof BlockObserved block && block.slot() >= all.first() && block.slot() < end) {
                long begin = all.endOf(block.slot()) - all.duration();
                delays.took("the feed", begin, Math.max(0, block.at() - begin));
            }
        }
        delays.judge("blocks", "be seen after their slot began");
        run.note(name(), delays.summary());
    }
}
