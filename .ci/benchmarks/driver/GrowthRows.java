package benchmarks.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What one more node and one more transaction cost in virtual time. */
final class GrowthRows {
    private GrowthRows() {}

    /** In a star, and each linked with each: 250 and 500 nodes join, because a genesis has no room for so many. */
    static void nodes(Bench bench) throws Exception {
        var table = new StringBuilder("| layout | nodes | slots | processor time of a node and slot, ms | wall, ms | "
                + "of the whole run, processors, s |\n|---|---|---|---|---|---|\n");
        var plot = new Plot("nodes", "processor time of a node and slot, ms");
        try (var worker = bench.now.worker()) {
            for (String layout : List.of("STAR", "FULL")) {
                var x = new ArrayList<Double>();
                var y = new ArrayList<Double>();
                worker.ask("grown " + layout + " 5 " + (bench.brief ? 3 : 30)); // until it is compiled
                for (int nodes : sizes(bench, layout)) {
                    int minutes = bench.brief ? 1 : Math.max(2, Math.min(60, 1500 / nodes));
                    var answer = worker.ask("grown " + layout + " " + nodes + " " + minutes);
                    double slots = answer.get("slots");
                    double each = 1000 * answer.get("driven.cpu") / nodes / slots;
                    table.append(String.format(
                            Locale.ROOT,
                            "| %s | %d | %.0f | %.4f | %.4f | %.1f |%n",
                            layout.equals("STAR") ? "star" : "each with each",
                            nodes,
                            slots,
                            each,
                            1000 * answer.get("driven.wall") / nodes / slots,
                            answer.get("cpu")));
                    x.add((double) nodes);
                    y.add(each);
                    if (bench.left() < 0 && !bench.brief && nodes >= 100) {
                        break; // the larger ones take longest
                    }
                }
                plot.line(layout.equals("STAR") ? "star" : "each with each", x, y);
            }
        }
        bench.section(bench.picture("nodes", "processor time of a node and slot by nodes", plot) + "\n\n" + table);
    }

    private static List<Integer> sizes(Bench bench, String layout) {
        if (bench.brief) {
            return layout.equals("STAR") ? List.of(5, 25, 100) : List.of(5, 25, 120);
        }
        return layout.equals("STAR") ? List.of(5, 25, 50, 100) : List.of(5, 25, 50, 100, 250, 500);
    }

    /** Five nodes with more and more transactions per block, of which those without any are taken off. */
    static void transactions(Bench bench) throws Exception {
        int minutes = bench.brief ? 2 : 20;
        var table = new StringBuilder("| transactions per block | included | processor time of a transaction, ms | "
                + "of the run, s |\n|---|---|---|---|\n");
        var x = new ArrayList<Double>();
        var y = new ArrayList<Double>();
        try (var worker = bench.now.worker()) {
            worker.ask("load 25 " + minutes);
            worker.ask("load 25 " + minutes);
            double idle = Math.min(
                    worker.ask("load 0 " + minutes).get("cpu"),
                    worker.ask("load 0 " + minutes).get("cpu"));
            for (int rate : new int[] {1, 5, 25, 50, 100, 150, 200, 240}) {
                var answer = worker.ask("load " + rate + " " + minutes);
                double included = answer.get("included");
                double each = 1000 * (answer.get("cpu") - idle) / included;
                table.append(String.format(
                        Locale.ROOT, "| %d | %,.0f | %.3f | %.2f |%n", rate, included, each, answer.get("cpu")));
                x.add((double) rate);
                y.add(each);
            }
            table.append(String.format(Locale.ROOT, "| none | 0 | | %.2f |%n", idle));
        }
        var plot = new Plot("transactions per block", "processor time of a transaction, ms").line("now", x, y);
        bench.section(bench.picture("transactions", "processor time of a transaction by transactions per block", plot)
                + "\n\n" + table);
    }
}
