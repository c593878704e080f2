package org.junitnomos.expectation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.journal.JournalEvent.FeedBlind;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.time.Allowance;
import org.junitnomos.time.DurationText;

/** Asks a node by its routes again and again, and tells how often it answered with an error, or late. */
final class ServiceCheck {
    static final int ROUNDS_VIRTUAL = 20;
    static final int ROUNDS_REAL = 5;

    private final RunContext run;
    private final NodeHandle node;
    private final Map<String, Integer> bad = new LinkedHashMap<>();
    private final Map<String, String> first = new LinkedHashMap<>();

    ServiceCheck(RunContext run, NodeHandle node) {
        this.run = run;
        this.node = node;
    }

    private interface Question {
        void ask();
    }

    List<String> problems() {
        int rounds = run.clock().isVirtual() ? ROUNDS_VIRTUAL : ROUNDS_REAL;
        var client = node.client();
        var transactions = run.feed().tip().stream()
                .flatMap(tip -> tip.block().transactionHashes().stream())
                .limit(1)
                .toList();
        for (int i = 0; i < rounds; i++) {
            ask("/cryptarchia/info", () -> client.cryptarchiaInfo());
            ask("/cryptarchia/headers", () -> client.headers(null, null));
            run.feed().tip().ifPresent(tip -> ask("/storage/block", () -> client.block(tip.id())));
            ask("/mantle/metrics", () -> client.mempoolMetrics());
            ask("/mantle/status", () -> client.transactionStatus(transactions));
            ask("/network/info", () -> client.networkInfo());
        }
        var texts = new ArrayList<String>();
        bad.forEach((route, count) -> texts.add("  " + node.name() + " did not answer " + count + " of " + rounds
                + " questions to " + route + " as it should, first: " + first.get(route)));
        return texts;
    }

    private void ask(String route, Question question) {
        var problem = problemOf(question);
        if (problem != null && problem.late() && !run.clock().isVirtual()) {
            problem = problemOf(question); // a test machine that stood still for a moment is no fault of the node
        }
        if (problem != null) {
            bad.merge(route, 1, Integer::sum);
            first.putIfAbsent(route, problem.text());
        }
    }

    /** What is wrong with an answer, and whether it came late. */
    private record Problem(String text, boolean late) {}

    /** Asks; null if nothing is wrong with the answer. */
    private @Nullable Problem problemOf(Question question) {
        long limit = Math.max(
                run.scenario().topology().consensus().slotDuration().toNanos(),
                Duration.ofSeconds(1).toNanos());
        var start = run.clock().now();
        String problem = null;
        try {
            question.ask();
        } catch (NodeApiException e) {
            problem = e.isFailureOfNode() ? e.reason() : null;
        }
        long took = run.clock().now().minus(start).toNanos();
        boolean late = took > limit;
        if (problem == null && late) {
            problem = "it took " + DurationText.format(Duration.ofNanos(took));
        }
        return problem == null || isOfABusyMachine(took, limit) ? null : new Problem(problem, late);
    }

    /** Whether an answer that took so long, or did not come, would have been in time on a free machine. */
    private boolean isOfABusyMachine(long took, long limit) {
        if (run.clock().isVirtual() || took <= limit) {
            return false;
        }
        try {
            return !Allowance.ofRealTime(Duration.ofNanos(limit)).isOver(took);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Times at which the feed could not read a node that nothing excuses: in virtual time no machine is busy. */
    static List<String> blindness(RunFacts facts) {
        var excuses = new Excuses(facts.run.scenario().topology());
        var inSlot = new ArrayList<FeedBlind>();
        var count = new TreeMap<String, Integer>();
        var first = new TreeMap<String, FeedBlind>();
        Excuses.follow(
                facts,
                (event, slot) -> {
                    excuses.accept(event, slot);
                    if (event instanceof FeedBlind blind) {
                        inSlot.add(blind);
                    }
                },
                slot -> {
                    excuses.endSlot(slot);
                    for (var blind : inSlot) {
                        if (!excuses.isExcused(blind.node(), 2)
                                && !facts.deaths().isDead(blind.node())) {
                            count.merge(blind.node(), 1, Integer::sum);
                            first.putIfAbsent(blind.node(), blind);
                        }
                    }
                    inSlot.clear();
                });
        var texts = new ArrayList<String>();
        first.forEach((node, blind) -> {
            int times = count.getOrDefault(node, 0);
            texts.add("  " + node + " could not be read " + times + (times == 1 ? " time" : " times")
                    + " although it was up and under no fault, first at " + LateReasons.time(blind.at()) + ": "
                    + blind.reason());
        });
        return texts;
    }
}
