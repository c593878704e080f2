package benchmarks.driver;

import benchmarks.driver.Pair.Series;
import benchmarks.driver.WorkerJvm.Answer;
import benchmarks.driver.WorkerJvm.Pending;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Runs in virtual time, compared. */
final class VirtualRows {
    private VirtualRows() {}

    /** Hours of five nodes: the first in fresh JVMs, and more in the last ones. */
    static void hours(Bench bench) throws Exception {
        var first = new Series();
        var warm = new Series();
        var hot = new Series();
        int fresh = bench.brief ? 1 : 3;
        String order = "hour 5 " + (bench.brief ? 6 : 60);
        for (int i = 0; i < fresh; i++) {
            try (var pair = new Pair(bench)) {
                pair.once(first, order);
                if (i == fresh - 1) {
                    first.tell(bench, "first run in a JVM: an hour of 5 nodes", "0.6");
                    pair.once(new Series(), order);
                    pair.once(new Series(), order);
                    bench.goOn(0, 1, 1);
                    do {
                        pair.once(warm, order);
                    } while (bench.goOn(warm.now.size(), 3, 6));
                    for (int hour = 3 + warm.now.size(); hour < (bench.brief ? 0 : 9); hour++) {
                        pair.once(new Series(), order);
                    }
                    for (int hour = 0; hour < (bench.brief ? 1 : 5); hour++) {
                        pair.once(hot, order);
                    }
                }
            }
        }
        warm.tell(bench, "an hour of 5 nodes, 5 transactions per block", "0.45");
        hot.tell(bench, "the same, tenth and later in a JVM", "0.45");
        bench.section("First in a JVM:\n\n" + first.table() + "\nFourth and later:\n\n" + warm.table()
                + "\nTenth and later:\n\n" + hot.table());
    }

    /** Hours of a hundred nodes, warm by ten minutes. */
    static void hundred(Bench bench) throws Exception {
        var series = new Series();
        try (var pair = new Pair(bench)) {
            pair.once(new Series(), "hour 100 " + (bench.brief ? 1 : 10));
            bench.goOn(0, 1, 1);
            do {
                pair.once(series, "hour 100 " + (bench.brief ? 2 : 60));
            } while (bench.goOn(series.now.size(), 1, 4));
        }
        series.tell(bench, "an hour of 100 nodes", "0.35");
        bench.section(series.table());
    }

    /** A thousand seeds on two processors: by two JVMs of each tree, and by two threads of one JVM of now. */
    static void seeds(Bench bench) throws Exception {
        int count = bench.brief ? 20 : 1000;
        var series = new Series();
        var threads = new ArrayList<Answer>();
        do {
            series.before.add(twoJvms(bench.before, count));
            series.now.add(twoJvms(bench.now, count));
            try (var one = bench.now.worker()) {
                threads.add(one.ask("seeds 0 " + count + " 2"));
            }
        } while (bench.goOn(series.now.size(), 1, 3));
        series.tell(bench, "1,000 seeds of the minute of 4 nodes, two processors", "0.3");
        bench.section(String.format(
                Locale.ROOT,
                "%,d seeds; two JVMs, which are started before, have half of them each. One JVM with two threads takes"
                        + " %s.%n%n%s",
                count,
                Series.seconds(threads),
                series.table()));
    }

    private static Answer twoJvms(SourceTree tree, int count) throws IOException, InterruptedException {
        try (var one = tree.worker();
                var other = tree.worker()) {
            var pending = new ArrayList<Pending>();
            pending.add(one.begin("seeds 0 " + count / 2 + " 1"));
            pending.add(other.begin("seeds " + count / 2 + " " + count / 2 + " 1"));
            double wall = 0;
            double processors = 0;
            for (Pending each : pending) {
                var answer = each.join();
                wall = Math.max(wall, answer.get("wall"));
                processors += answer.get("cpu");
            }
            return new Answer(Map.of("wall", "" + wall, "cpu", "" + processors));
        }
    }

    /** As many hours in one run as there is time for, at most a week. */
    static void week(Bench bench, int most) throws Exception {
        double seconds = bench.left();
        try (var pair = new Pair(bench)) {
            double perHour = Double.POSITIVE_INFINITY;
            for (int i = 0; i < 3; i++) { // until it is compiled as far as a run of some hours
                perHour = Math.min(perHour, pair.now.ask("hour 5 60").get("wall"));
            }
            int hours = bench.brief ? 3 : (int) Math.max(4, Math.min(most, 0.75 * seconds / perHour));
            int hoursBefore = Math.max(2, Math.min(8, hours / 4));
            var before = pair.before.ask("hours " + hoursBefore);
            var now = pair.now.ask("hours " + hours);
            var plot = new Plot("hours of protocol time", "heap after collection, MB")
                    .line("now", numbers(hours), figures(now, "heap", hours))
                    .line(SourceTree.BEFORE, numbers(hoursBefore), figures(before, "heap", hoursBefore));
            var cost = new Plot("hours of protocol time", "processor time of the hour, s")
                    .line("now", numbers(hours), figures(now, "cpu", hours))
                    .line(SourceTree.BEFORE, numbers(hoursBefore), figures(before, "cpu", hoursBefore));
            String what = "a week, 5 nodes: memory and time of each hour";
            bench.goal(what, "flat", growth(before, hoursBefore), growth(now, hours), "");
            bench.section("One run of " + hours + " hours, of " + hoursBefore + " before, "
                    + "which left journals of " + number("%.0f", now.get("journal") / hours) + " MB for each hour, "
                    + number("%.0f", before.get("journal") / hoursBefore) + " MB before.\n\n"
                    + bench.picture("memory", "heap after each hour of protocol time", plot) + "\n\n"
                    + bench.picture("hours", "processor time of each hour of protocol time", cost) + "\n\n"
                    + table(now, hours));
        }
    }

    private static String growth(Answer run, int hours) {
        return String.format(
                Locale.ROOT,
                "%+.1f MB an hour; %.2f s of a processor in hour 2, %.2f s in hour %d",
                (run.get("heap" + hours) - run.get("heap1")) / (hours - 1),
                run.get("cpu2"),
                run.get("cpu" + hours),
                hours);
    }

    private static String table(Answer run, int hours) {
        var table = new StringBuilder("| hour | heap after it, MB | wall, s | processors, s |\n|---|---|---|---|\n");
        for (int hour : told(hours)) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %d | %.0f | %.2f | %.2f |%n",
                    hour,
                    run.get("heap" + hour),
                    run.get("wall" + hour),
                    run.get("cpu" + hour)));
        }
        return table.toString();
    }

    /** 1, 2, 4 and so on, and the last. */
    private static List<Integer> told(int hours) {
        var told = new ArrayList<Integer>();
        for (int hour = 1; hour < hours; hour *= 2) {
            told.add(hour);
        }
        told.add(hours);
        return told;
    }

    private static List<Double> numbers(int count) {
        var numbers = new ArrayList<Double>();
        for (int i = 1; i <= count; i++) {
            numbers.add((double) i);
        }
        return numbers;
    }

    private static List<Double> figures(Answer answer, String name, int count) {
        return numbers(count).stream().map(i -> answer.get(name + i.intValue())).toList();
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
