package benchmarks.work;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junitnomos.expectation.ConsensusLiveness;
import org.junitnomos.expectation.HeightConvergence;
import org.junitnomos.expectation.Safety;
import org.junitnomos.expectation.TransactionInclusion;
import org.junitnomos.journal.JournalEvent.TransactionIncluded;
import org.junitnomos.runner.RunResult;
import org.junitnomos.runner.ScenarioRunner.Body;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioBuilder;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.NodeRole;
import org.junitnomos.workload.TransactionWorkload;

/** Whole runs in virtual time, all six phases: the four expectations, slot 2 s, nodes that know their leaders' keys. */
final class Virtual {
    private static final Duration SLOT = Duration.ofSeconds(2);

    /** More need more notes than a genesis has, with 50 wallets; others join. */
    private static final int AT_GENESIS = 100;

    private final Path scratch;
    private final AtomicLong seeds = new AtomicLong(4711);

    Virtual(Path scratch) {
        this.scratch = scratch;
    }

    private static ScenarioBuilder plan(String name, int nodes, int wallets) {
        return Tree.leadersOnly(Scenario.builder())
                .name(name)
                .validators(nodes)
                .slot(SLOT)
                .wallets(wallets)
                .expect(new ConsensusLiveness())
                .expect(new Safety())
                .expect(new HeightConvergence());
    }

    /** An hour, or less, with 5 transactions per block. */
    Map<String, Object> hour(int nodes, int minutes) {
        return timed(() -> run(loaded(nodes, 50, 5, 20).runFor(Duration.ofMinutes(minutes)), body -> {}));
    }

    private static ScenarioBuilder loaded(int nodes, int wallets, int rate, int users) {
        return plan("hour", nodes, wallets)
                .workload(new TransactionWorkload(rate, users))
                .expect(new TransactionInclusion());
    }

    /** Runs of a minute with four nodes, from a seed on, on some threads. */
    Map<String, Object> seeds(int from, int count, int threads) throws Exception {
        var next = new AtomicInteger(from);
        var figures = timed(() -> {
            var pool = Executors.newFixedThreadPool(threads);
            try {
                var done = new ArrayList<Future<?>>();
                for (int i = 0; i < threads; i++) {
                    done.add(pool.submit(() -> {
                        for (int seed = next.getAndIncrement(); seed < from + count; seed = next.getAndIncrement()) {
                            Tree.passed(Tree.run(minute(), scratch, seed, body -> {}));
                        }
                    }));
                }
                for (var one : done) {
                    one.get();
                }
            } catch (Exception e) {
                throw new IllegalStateException(e.getCause() == null ? e : e.getCause());
            } finally {
                pool.shutdownNow();
            }
        });
        return figures;
    }

    private static Scenario minute() {
        return Tree.leadersOnly(Scenario.builder())
                .name("minute")
                .validators(4)
                .wallets(10)
                .workload(new TransactionWorkload(3, 10))
                .expect(new ConsensusLiveness())
                .expect(new TransactionInclusion())
                .expect(new Safety())
                .runFor(Duration.ofMinutes(1))
                .build();
    }

    /** One run of many hours with 5 nodes: what each hour took, and what the heap held at its end. */
    Map<String, Object> hours(int count) throws Exception {
        var figures = new LinkedHashMap<String, Object>();
        var result = run(loaded(5, 50, 5, 20).runFor(Duration.ofHours(count)), run -> {
            for (int hour = 1; hour <= count; hour++) {
                double wall = System.nanoTime() / 1e9;
                double processor = Processors.own();
                run.clock().sleep(Duration.ofHours(1).minus(hour == count ? SLOT.multipliedBy(5) : Duration.ZERO));
                figures.put("wall" + hour, System.nanoTime() / 1e9 - wall);
                figures.put("cpu" + hour, Processors.own() - processor);
                figures.put("heap" + hour, used());
            }
        });
        figures.put("journal", Files.size(result.directory().resolve(RunResult.JOURNAL)) / 1e6);
        return figures;
    }

    private static double used() {
        System.gc();
        var runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / 1e6;
    }

    /** So many nodes, those beyond a hundred joined, for some minutes after the last has joined. */
    Map<String, Object> grown(NetworkLayout layout, int nodes, int minutes) {
        var figures = new LinkedHashMap<String, Object>();
        int first = Math.min(nodes, AT_GENESIS);
        var window = Duration.ofMinutes(minutes + (nodes > first ? 1 : 0)); // others join in the first
        var plan = loaded(first, 50, 5, 20).layout(layout).runFor(window).deadline(Duration.ofHours(1));
        figures.putAll(timed(() -> run(plan, run -> {
            var end = run.clock().now().plus(window).minus(SLOT.multipliedBy(2));
            for (int i = first; i < nodes; i++) {
                run.control().add(NodeRole.VALIDATOR);
            }
            var begin = run.clock().now();
            var driven = new LinkedHashMap<String, Object>();
            driven.putAll(timed(() -> sleep(run, end.minus(begin))));
            figures.put("slots", (double) end.minus(begin).toMillis() / SLOT.toMillis());
            figures.put("driven.wall", driven.get("wall"));
            figures.put("driven.cpu", driven.get("cpu"));
        })));
        return figures;
    }

    private static void sleep(RunContext run, Duration time) {
        try {
            run.clock().sleep(time);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Five nodes with so many transactions per block, and 240 wallets; without any for 0. */
    Map<String, Object> load(int rate, int minutes) {
        var included = new AtomicLong();
        var window = Duration.ofMinutes(minutes);
        var plan = rate == 0 ? plan("idle", 5, 240) : loaded(5, 240, rate, 240);
        var figures = timed(() -> run(plan.runFor(window), run -> {
            run.clock().sleep(window.minus(SLOT));
            included.set(run.journal().events(TransactionIncluded.class).stream()
                    .map(TransactionIncluded::transaction)
                    .distinct()
                    .count());
        }));
        figures.put("included", included.get());
        return figures;
    }

    private RunResult run(ScenarioBuilder plan, Body body) {
        return Tree.passed(Tree.run(plan.build(), scratch, seeds.getAndIncrement(), body));
    }

    private static Map<String, Object> timed(Runnable work) {
        double wall = System.nanoTime() / 1e9;
        double processor = Processors.own();
        work.run();
        var figures = new LinkedHashMap<String, Object>();
        figures.put("wall", System.nanoTime() / 1e9 - wall);
        figures.put("cpu", Processors.own() - processor);
        return figures;
    }
}
