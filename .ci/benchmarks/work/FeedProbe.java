package benchmarks.work;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.client.NodeClient;
import org.junitnomos.journal.Journal;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.WorkloadGenerator;

/**
 * Notes when blocks are heard of by the feed, and by polling one node each second; compares that with the line of their
 * leader's log, as all have the clock of one machine. Also counts blocks and what the processors do meanwhile.
 */
final class FeedProbe implements WorkloadGenerator {
    private static final String PROPOSED = "Proposed block ";
    private static final Duration POLL = Duration.ofSeconds(1); // as the Rust framework's block feed

    private final boolean poll;
    private final Map<HeaderId, Instant> heard = new ConcurrentHashMap<>();
    private final Map<HeaderId, Instant> polled = new ConcurrentHashMap<>();
    private final Map<HeaderId, Instant> made = new LinkedHashMap<>();
    private final Map<String, Object> counted = new LinkedHashMap<>();
    private RunContext run;

    FeedProbe(boolean poll) {
        this.poll = poll;
    }

    @Override
    public String name() {
        return "probe of the feed";
    }

    @Override
    public void drive(RunContext context) throws Exception {
        run = context;
        double[] machine = Processors.machine();
        double own = Processors.own();
        double started = Processors.started();
        long height = context.feed().height();
        Instant begin = Instant.now();
        if (poll) {
            context.spawn("poll", () -> poll(context));
        }
        try (var subscription = context.feed().subscribe(block -> heard.put(block.id(), Instant.now()))) {
            heard.clear();
            while (context.isDriving()) {
                context.clock().sleep(Duration.ofMillis(100));
                counted.put("blocks", context.feed().height() - height);
                counted.put("window", Duration.between(begin, Instant.now()).toMillis() / 1e3);
            }
        }
        context.feed().chain().stream()
                .flatMap(block -> block.block().transactions().stream())
                .reduce((one, two) -> two) // the last one, which is no part of the genesis
                .ifPresent(transaction -> counted.put("perBlock", Tree.perBlock(transaction)));
        double[] after = Processors.machine();
        counted.put("busy", 100 * (after[0] - machine[0]) / (after[1] - machine[1]));
        counted.put("cpu.own", Processors.own() - own);
        counted.put("cpu.nodes", Processors.started() - started);
        for (var node : context.cluster().nodes()) {
            for (String line : Files.readAllLines(node.log().orElseThrow())) {
                int at = line.indexOf(PROPOSED);
                if (at > 0) {
                    int id = at + PROPOSED.length();
                    made.merge(
                            HeaderId.fromHex(line.substring(id, id + 64)),
                            Instant.parse(line.substring(0, line.indexOf(' '))),
                            (one, two) -> one.isBefore(two) ? one : two);
                }
            }
        }
    }

    /** The original asks one node for its tip each second, and for the blocks down to one that it knows. */
    private void poll(RunContext context) throws InterruptedException {
        NodeClient node = context.cluster().nodes().get(0).client();
        while (context.isDriving()) {
            try {
                var tip = node.cryptarchiaInfo().tip();
                for (int i = 0; i < 100 && !polled.containsKey(tip); i++) {
                    var block = node.block(tip);
                    if (block.isEmpty()) {
                        break;
                    }
                    polled.put(tip, Instant.now());
                    tip = block.get().header().parent();
                }
            } catch (NodeApiException e) {
                // it ends with the window
            }
            context.clock().sleep(POLL);
        }
    }

    boolean hasRun() {
        return run != null;
    }

    Journal journal() {
        return run.journal();
    }

    Map<String, Object> figures() {
        var figures = new LinkedHashMap<>(counted);
        figures.putAll(delays("feed", heard));
        if (poll) {
            figures.putAll(delays("poll", polled));
        }
        return figures;
    }

    private Map<String, Object> delays(String name, Map<HeaderId, Instant> times) {
        double[] millis = times.entrySet().stream()
                .filter(block -> made.containsKey(block.getKey()))
                .filter(block -> heard.containsKey(block.getKey())) // of the window, not those before
                .mapToDouble(block -> Duration.between(made.get(block.getKey()), block.getValue())
                                .toNanos()
                        / 1e6)
                .sorted()
                .toArray();
        var figures = new LinkedHashMap<String, Object>();
        figures.put(name + ".n", millis.length);
        for (int percent : new int[] {50, 90, 99, 100}) {
            figures.put(
                    name + ".p" + percent,
                    millis.length == 0 ? Double.NaN : millis[Math.max(0, (millis.length * percent + 99) / 100 - 1)]);
        }
        return figures;
    }
}
