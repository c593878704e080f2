package benchmarks.work;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junitnomos.expectation.ConsensusLiveness;
import org.junitnomos.expectation.TransactionInclusion;
import org.junitnomos.journal.JournalEvent.TransactionAccepted;
import org.junitnomos.journal.JournalEvent.TransactionIncluded;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.workload.TransactionWorkload;

/** Whole runs in real time on a backend, with what the feed told and what the processors did meanwhile. */
final class Live {
    private final Path scratch;
    private long seed = 4711;

    Live(Path scratch) {
        this.scratch = scratch;
    }

    /**
     * Runs.
     *
     * @param numbers nodes, slot in ms, transactions per block, wallets, seconds of the window and of the cooldown
     * @param layout which nodes are linked
     * @param poll whether the chain is also polled each second, as the original does
     */
    Map<String, Object> run(String backend, int[] numbers, NetworkLayout layout, boolean poll) {
        var window = Duration.ofSeconds(numbers[4]);
        var cooldown = Duration.ofSeconds(numbers[5]);
        var feed = new FeedProbe(poll);
        var plan = Tree.leadersOnly(Tree.inRealTime(Scenario.builder()))
                .name("live")
                .backend(backend)
                .validators(numbers[0])
                .layout(layout)
                .slot(Duration.ofMillis(numbers[1]))
                .wallets(numbers[3])
                .walletValue(1)
                .workload(new TransactionWorkload(numbers[2], numbers[3]))
                .workload(feed)
                .expect(new ConsensusLiveness())
                .expect(new TransactionInclusion())
                .runFor(window)
                .cooldown(cooldown)
                .build();
        double begin = System.nanoTime() / 1e9;
        var result = Tree.run(plan, scratch, seed++, run -> {});
        if (!feed.hasRun()) {
            throw new IllegalStateException("the run ended before its window began: " + Tree.failures(result));
        }
        var figures = new LinkedHashMap<String, Object>();
        figures.put("wall", System.nanoTime() / 1e9 - begin);
        figures.put("overhead", System.nanoTime() / 1e9 - begin - numbers[4] - numbers[5]);
        figures.put("verdict", result.verdict());
        figures.put(
                "failure",
                Tree.failures(result).stream()
                        .map(failure -> failure.toString().lines().limit(3).collect(Collectors.joining(" ")))
                        .collect(Collectors.joining("; ")));
        result.phases()
                .forEach(phase ->
                        figures.put("phase." + phase.phase(), phase.wall().toMillis() / 1e3));
        figures.putAll(feed.figures());
        var journal = feed.journal();
        figures.put("accepted", journal.events(TransactionAccepted.class).size());
        figures.put(
                "included",
                journal.events(TransactionIncluded.class).stream()
                        .map(TransactionIncluded::transaction)
                        .distinct()
                        .count());
        return figures;
    }
}
