package org.junitnomos.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.scenario.RunContext;

/** Draws columns of blobs, and names them as targets of a decision. */
final class Columns {
    private static final String PREFIX = "column ";

    private Columns() {}

    /** Draws a share of the columns that the nodes tell of; none if no node does. */
    static List<String> draw(RunContext run, Injector injector, int percent) {
        for (var node : injector.running()) {
            try {
                int count = run.client(node).blobs().membership(0).subnets().size();
                var left = new ArrayList<Integer>();
                for (int column = 0; column < count; column++) {
                    left.add(column);
                }
                var drawn = new TreeSet<Integer>();
                while (count > 0 && drawn.size() < Math.max(1, count * percent / 100)) {
                    drawn.add(left.remove(injector.random().nextInt(left.size())));
                }
                return drawn.stream().map(column -> PREFIX + column).toList();
            } catch (NodeApiException e) {
                injector.note("the columns cannot be read from " + node + ": " + e.reason());
            }
        }
        return List.of();
    }

    static List<Integer> numbers(List<String> targets) {
        return targets.stream()
                .map(target -> Integer.valueOf(target.substring(PREFIX.length())))
                .toList();
    }
}
