package benchmarks.driver;

import benchmarks.driver.Pair.Series;
import benchmarks.driver.WorkerJvm.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;

/** Ten nodes from nothing to ready. */
final class DeployRows {
    private DeployRows() {}

    /** As processes, and what memory they hold then. */
    static void processes(Bench bench) throws Exception {
        var series = new Series();
        try (var pair = new Pair(bench)) {
            once(bench, new Series(), pair, "process"); // makes what is kept for later starts
            bench.goOn(0, 1, 1);
            do {
                once(bench, series, pair, "process");
            } while (bench.goOn(series.now.size(), 3, 8));
        }
        series.tell(bench, "10 processes to ready", "0.75");
        bench.goal(
                "memory of each, resident (its own share)",
                "55 MB",
                memory(series.before),
                memory(series.now),
                String.format(Locale.ROOT, "%.2f (%.2f)", series.ratio("rss"), series.ratio("pss")));
        bench.section(series.table());
    }

    private static String memory(List<Answer> answers) {
        return String.format(
                Locale.ROOT, "%.0f MB (%.0f MB)", Series.median(answers, "rss"), Series.median(answers, "pss"));
    }

    private static int nodes(Bench bench) {
        return bench.brief ? 3 : 10;
    }

    private static void once(Bench bench, Series series, Pair pair, String backend)
            throws IOException, InterruptedException {
        String order = "deploy " + backend + " " + nodes(bench);
        series.before.add(pair.before.ask(order));
        pair.before.ask("close");
        series.now.add(pair.now.ask(order));
        pair.now.ask("close");
    }

    /** In containers, beside the same containers by Compose, or by plain {@code docker run} where there is none. */
    static void containers(Bench bench) throws Exception {
        var series = new Series();
        var plain = new ArrayList<Answer>();
        try {
            docker(bench.root, "version", "--format", "{{.Server.Version}}");
        } catch (IOException e) {
            throw new Row.Missing("no Docker engine answers, .ci/docker-up starts one: " + e.getMessage());
        }
        var compose = PlainContainers.find(bench);
        try (var pair = new Pair(bench)) {
            once(bench, new Series(), pair, "container"); // builds the images
            if (compose.isPresent()) {
                compose.get().copy(pair.now, nodes(bench));
            }
            bench.goOn(0, 1, 1);
            do {
                once(bench, series, pair, "container");
                if (compose.isPresent()) {
                    plain.add(compose.get().once());
                }
            } while (bench.goOn(series.now.size(), 3, 8));
        }
        String what = "10 containers to ready";
        bench.goal(
                what,
                "0.75",
                wall(series.before),
                wall(series.now),
                String.format(Locale.ROOT, "%.2f", series.ratio("wall")));
        String text = "| | to ready, s | median |\n|---|---|---|\n" + line(SourceTree.BEFORE, series.before)
                + line("now", series.now);
        if (compose.isPresent()) {
            text += line(compose.get().name(), plain)
                    + String.format(
                            Locale.ROOT,
                            "%nNow takes %.2f of the time of %s with the same images, configurations and networks.%n",
                            Series.median(series.now, "wall") / Series.median(plain, "wall"),
                            compose.get().name());
        }
        bench.section(text);
    }

    private static String wall(List<Answer> answers) {
        return String.format(Locale.ROOT, "%.2f s", Series.median(answers, "wall"));
    }

    private static String line(String name, List<Answer> answers) {
        return "| " + name + " | " + Series.each(answers, "wall") + " | " + wall(answers) + " |\n";
    }

    /** An answer of a wall time alone. */
    static Answer took(double seconds) {
        var figures = new HashMap<String, String>();
        figures.put("wall", "" + seconds);
        return new Answer(figures);
    }

    static String docker(Path directory, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        return Shell.run(directory, Duration.ofMinutes(2), command);
    }
}
