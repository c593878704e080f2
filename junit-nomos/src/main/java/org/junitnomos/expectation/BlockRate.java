package org.junitnomos.expectation;

import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;
import org.junitnomos.metrics.MetricNumber;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.time.DurationText;
import org.opentest4j.AssertionFailedError;

/**
 * Expects so many blocks a slot on the reference chain, over the slots of the run window.
 *
 * <p>What a healthy cluster makes follows from the protocol, and {@link ConsensusLiveness} judges that; this is for a
 * level of service that is wanted. Inconclusive without a whole slot.
 *
 * @param atLeast the fewest blocks a slot; 0 or more
 * @param atMost the most; at most 1 is possible
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record BlockRate(double atLeast, double atMost) implements Expectation {
    private static final int SPANS = 16;

    /**
     * Expects at least so many.
     *
     * @param atLeast the fewest blocks a slot; 0 or more
     */
    public BlockRate(double atLeast) {
        this(atLeast, 1);
    }

    @Override
    public String name() {
        return "blocks per slot " + bounds();
    }

    private String bounds() {
        return (atMost < 1 ? "from " : "at least ")
                + MetricNumber.shortText(atLeast)
                + (atMost < 1 ? " to " + MetricNumber.shortText(atMost) : "");
    }

    @Override
    public void validate(Scenario scenario, Problems problems) {
        if (!(atLeast >= 0 && atLeast <= 1)) {
            problems.add("atLeast", atLeast, "0 or more and at most 1, because a slot has one block", "Change it");
        }
        if (!(atMost >= atLeast && atMost <= 1)) {
            problems.add("atMost", atMost, "atLeast or more and at most 1", "Change it");
        }
    }

    @Override
    public void evaluate(RunContext run) {
        var facts = new RunFacts(run);
        var all = facts.slotsUntilNow();
        var window = new SlotWindow(all.chainStart(), all.duration(), all.first(), all.slotOf(facts.driveEnd()));
        if (window.size() < 1) {
            throw new InconclusiveException("the run window had no whole slot");
        }
        var slots = new boolean[window.size()];
        for (var block : facts.tree.chain()) {
            if (block.slot() >= window.first() && block.slot() < window.end()) {
                slots[(int) (block.slot() - window.first())] = true;
            }
        }
        double rate = (double) count(slots, 0, slots.length) / slots.length;
        if (rate < atLeast || rate > atMost) {
            throw new AssertionFailedError("expected blocks per slot to be " + bounds() + " but was "
                    + MetricNumber.shortText(rate) + " (" + count(slots, 0, slots.length) + " of " + slots.length
                    + " slots)\n" + series(window, slots, rate < atLeast));
        }
        run.note(name(), MetricNumber.shortText(rate) + " blocks per slot");
    }

    private static int count(boolean[] slots, int from, int until) {
        int count = 0;
        for (int i = from; i < until; i++) {
            count += slots[i] ? 1 : 0;
        }
        return count;
    }

    private static String series(SlotWindow window, boolean[] slots, boolean tooFew) {
        int parts = Math.min(SPANS, slots.length);
        List<String> texts = new ArrayList<>();
        String worst = "";
        double extreme = Double.NaN;
        for (int i = 0; i < parts; i++) {
            int from = (int) ((long) i * slots.length / parts);
            int until = (int) ((long) (i + 1) * slots.length / parts);
            double rate = (double) count(slots, from, until) / (until - from);
            var text = MetricNumber.shortText(rate) + " from "
                    + DurationText.ofNanos(window.endOf(window.first() + from) - window.duration());
            texts.add(text);
            if (Double.isNaN(extreme) || (tooFew ? rate < extreme : rate > extreme)) {
                extreme = rate;
                worst = text;
            }
        }
        return "  worst: " + worst + "\n  measured: " + String.join(", ", texts);
    }
}
