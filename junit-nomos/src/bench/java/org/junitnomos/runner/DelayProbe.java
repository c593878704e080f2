package org.junitnomos.runner;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.WorkloadGenerator;

/** Notes when blocks are heard of, and compares that with the logs of the nodes: all have the clock of one machine. */
final class DelayProbe implements WorkloadGenerator {
    private static final String PROPOSED = "Proposed block ";

    private final Map<HeaderId, Instant> heard = new ConcurrentHashMap<>();
    private final Map<HeaderId, Instant> made = new LinkedHashMap<>();

    @Override
    public String name() {
        return "delay probe";
    }

    @Override
    public void drive(RunContext run) throws Exception {
        try (var subscription = run.feed().subscribe(block -> heard.put(block.id(), Instant.now()))) {
            heard.clear();
            while (run.isDriving()) {
                run.clock().sleep(Duration.ofMillis(100));
            }
        }
        for (var node : run.cluster().nodes()) {
            for (String line : Files.readAllLines(node.log().orElseThrow())) {
                int at = line.indexOf(PROPOSED);
                if (at > 0) {
                    int id = at + PROPOSED.length();
                    var time = Instant.parse(line.substring(0, line.indexOf(' ')));
                    made.merge(
                            HeaderId.fromHex(line.substring(id, id + 64)),
                            time,
                            (one, two) -> one.isBefore(two) ? one : two);
                }
            }
        }
    }

    void print() {
        List<Double> millis = new ArrayList<>();
        heard.forEach((block, at) -> {
            var begin = made.get(block);
            if (begin != null) {
                millis.add(Duration.between(begin, at).toNanos() / 1e6);
            }
        });
        millis.sort(Comparator.naturalOrder());
        System.out.printf(
                "%nfeed: %d blocks, p50 %.1f ms, p90 %.1f ms, p99 %.1f ms, most %.1f ms%n",
                millis.size(), at(millis, 50), at(millis, 90), at(millis, 99), at(millis, 100));
    }

    private static double at(List<Double> sorted, int percent) {
        return sorted.get(Math.max(0, (sorted.size() * percent + 99) / 100 - 1));
    }
}
