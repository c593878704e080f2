package org.junitnomos.expectation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.InscriptionSubmitted;
import org.junitnomos.scenario.NodeOffer;

/**
 * Tells which nodes refused, or left without an answer, what they had no reason to: a pure function of the journal.
 *
 * <p>A node refuses a transaction only if it is malformed or if the node has it already (node contract 1.4): notes and
 * balances do not matter. So what some node took, or what is part of a load that is due, is refused by no healthy node,
 * unless it was submitted before. An executor refuses bytes also if the members of the subnets do not answer, so its
 * refusals are judged only while all nodes were up and no fault was in force.
 */
final class WrongRefusals {
    /** How long an executor waits for the members of the subnets (node contract 4.3). */
    private static final long DISPERSAL_NANOS = 20_000_000_000L;

    private static final int TEXTS_SHOWN = 3;

    private final RunFacts facts;
    private final String what;
    private final boolean needsAll;
    private final long catchUp;
    private final FaultSpans faults;
    private final Excuses excuses;
    private final Set<String> loads = new HashSet<>();
    private final Map<String, Submitted> submitted = new HashMap<>();
    private final Map<String, Tally> nodes = new LinkedHashMap<>();

    /** What is known of something that was submitted; the last question of it decides what an answer is worth. */
    private static final class Submitted {
        private String workload = "";
        private int times;
        private long askedAt;
        private boolean excused;
        private String taker = "";
        private boolean taken;
    }

    /** What one node was asked for without an excuse, and what it said. */
    private static final class Tally {
        private final List<Handover> refused = new ArrayList<>();
        private final List<Handover> silent = new ArrayList<>();
        private int asked;
    }

    private WrongRefusals(
            RunFacts facts, String what, boolean needsAll, Function<JournalEvent, Optional<Handover>> steps) {
        this.facts = facts;
        this.what = what;
        this.needsAll = needsAll;
        var topology = facts.run.scenario().topology();
        this.catchUp = needsAll ? SlotOdds.longestSilence(facts, ChainPace.FALSE_ALARM_ONE_IN) : 0;
        this.faults = FaultSpans.of(facts.events);
        this.excuses = new Excuses(topology);
        read(steps);
    }

    static WrongRefusals ofTransactions(RunFacts facts) {
        return new WrongRefusals(facts, "transactions", false, Handover::ofTransaction);
    }

    static WrongRefusals ofInscriptions(RunFacts facts) {
        var hashes = new HashSet<String>();
        for (var event : facts.events) {
            if (event instanceof InscriptionSubmitted inscription) {
                hashes.add(inscription.transaction().toHex());
            }
        }
        return new WrongRefusals(
                facts, "inscriptions", false, event -> Handover.ofTransaction(event, hashes::contains));
    }

    static WrongRefusals ofBlobs(RunFacts facts) {
        return new WrongRefusals(facts, "blobs", true, Handover::ofBlob);
    }

    private void read(Function<JournalEvent, Optional<Handover>> steps) {
        var window = facts.slotsUntilNow();
        var inSlot = new ArrayList<Handover>();
        long slot = window.first() - 1;
        for (var event : facts.events) {
            for (long now = window.slotOf(event.at()); slot < now; slot++) {
                endSlot(slot, inSlot);
            }
            excuses.accept(event, slot);
            if (event instanceof JournalEvent.LoadDelivered load) {
                loads.add(load.workload());
            }
            steps.apply(event).ifPresent(inSlot::add);
        }
        endSlot(slot, inSlot);
    }

    /** Sorts the steps of a slot, because what excuses a node may be seen a moment after the refusal. */
    private void endSlot(long slot, List<Handover> steps) {
        excuses.endSlot(slot);
        for (var step : steps) {
            var known = submitted.computeIfAbsent(step.id(), id -> new Submitted());
            switch (step.act()) {
                case ASKED -> {
                    known.workload = step.workload();
                    known.times++;
                    known.askedAt = step.at();
                    known.excused = isExcused(step, step.at());
                    if (!known.excused) {
                        tally(step).asked++;
                    }
                }
                case TOOK -> {
                    known.taken = true;
                    known.taker = known.taker.isEmpty() ? step.node() : known.taker;
                }
                case REFUSED -> refused(step, known);
            }
        }
        steps.clear();
    }

    private void refused(Handover step, Submitted known) {
        boolean had = known.times > 1 && NodeOffer.isDuplicate(step.text());
        if (known.excused || had || isExcused(step, known.askedAt) || isTimeout(step, known)) {
            return;
        }
        var tally = tally(step);
        (step.status() == 0 ? tally.silent : tally.refused).add(step);
    }

    private Tally tally(Handover step) {
        return nodes.computeIfAbsent(step.node(), name -> new Tally());
    }

    private boolean isExcused(Handover step, long askedAt) {
        long since = catchUp + (step.at() - askedAt) / facts.slotsUntilNow().duration();
        if (needsAll) {
            return !faults.areCalm(askedAt, step.at()) || !excuses.areAllUp(since);
        }
        return excuses.isExcused(step.node(), since)
                || faults.at(step.at(), 0).stream()
                        .anyMatch(fault -> fault.targets().contains(step.node()));
    }

    /** A dispersal may run out of time where links lose messages, or on a busy machine. */
    private boolean isTimeout(Handover step, Submitted known) {
        boolean mayBeLate = !facts.run.clock().isVirtual()
                || facts.run.scenario().topology().links().lossPerMille() > 0;
        return needsAll && mayBeLate && step.at() - known.askedAt >= DISPERSAL_NANOS;
    }

    /** One text for each node that refused more than may be missing of a percentage. */
    List<String> refusals(int percent) {
        return texts("refused", tally -> tally.refused, percent);
    }

    /** One text for each node that left more without an answer than may be missing of a percentage. */
    List<String> silences(int percent) {
        return texts("did not answer for", tally -> tally.silent, percent);
    }

    private List<String> texts(String did, Function<Tally, List<Handover>> which, int percent) {
        var texts = new ArrayList<String>();
        nodes.forEach((node, tally) -> {
            var wrong = valid(which.apply(tally));
            if (exceeds(wrong, tally, percent)) {
                texts.add(text(node, did, wrong, tally, percent) + ", although it was up and under no fault: "
                        + answers(wrong) + "; the first is " + first(wrong.get(0)));
            }
        });
        return texts;
    }

    private static boolean exceeds(List<Handover> wrong, Tally tally, int percent) {
        return wrong.size() * 100L > (100L - percent) * tally.asked;
    }

    /** What some node took, or what a workload was to deliver. */
    private List<Handover> valid(List<Handover> refused) {
        return refused.stream()
                .filter(step -> {
                    var known = submitted.get(step.id());
                    return known != null && (known.taken || loads.contains(known.workload));
                })
                .toList();
    }

    private String text(String node, String did, List<Handover> wrong, Tally tally, int percent) {
        return String.format(
                Locale.ROOT,
                "%s %s %d of the %d %s submitted to it, %.1f %% (allowed %d %%)",
                node,
                did,
                wrong.size(),
                tally.asked,
                what,
                100.0 * wrong.size() / tally.asked,
                100 - percent);
    }

    private static String answer(Handover step) {
        if (step.status() == 0) {
            return Handover.withoutAnswer(step.text());
        }
        String status = "status " + step.status() + ": ";
        return step.text().startsWith(status) ? step.text() : status + step.text();
    }

    private static String answers(List<Handover> wrong) {
        var counts = new TreeMap<String, Integer>();
        wrong.forEach(step -> counts.merge(answer(step), 1, Integer::sum));
        var most = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed().thenComparing(Map.Entry::getKey))
                .limit(TEXTS_SHOWN)
                .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                .toList();
        int others = counts.size() - most.size();
        return String.join(", ", most) + (others == 0 ? "" : " and " + others + " other answers");
    }

    private String first(Handover step) {
        var known = submitted.get(step.id());
        String taker = known == null ? "" : known.taker;
        return step.id() + " at " + LateReasons.time(step.at()) + (taker.isEmpty() ? "" : ", which " + taker + " took");
    }
}
