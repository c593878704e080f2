package benchmarks.driver;

import benchmarks.driver.WorkerJvm.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whole runs in real time. */
final class LiveRows {
    private static final String PASSED = "PASSED";
    private static final String CLUSTER = "NOMOS_TESTS_KUBECONFIG";

    private LiveRows() {}

    /** A run of 60 s with five processes: what it takes beyond window and cooldown, and how late the feed is. */
    static void minute(Bench bench) throws Exception {
        String order = "live process 5 500 10 100 " + (bench.brief ? "8 3" : "60 10") + " poll";
        Answer before;
        Answer now;
        try (var pair = new Pair(bench)) {
            before = passed(pair.before.ask(order));
            now = passed(pair.now.ask(order));
        }
        bench.goal(
                "overhead of a run of 60 s beyond window and cooldown",
                "1 s",
                seconds(before.get("overhead")),
                seconds(now.get("overhead")),
                ratio(now.get("overhead") / before.get("overhead")));
        String text = "| of that run | " + SourceTree.BEFORE + " | now |\n|---|---|---|\n";
        for (String phase : List.of("DEPLOY", "CAPTURE", "DRIVE", "EVALUATE", "CLEANUP")) {
            text += "| " + phase + " | " + seconds(before.get("phase." + phase)) + " | "
                    + seconds(now.get("phase." + phase)) + " |\n";
        }
        text += "\n" + feedHead()
                + feed(SourceTree.BEFORE, before, "feed")
                + feed("now", now, "feed")
                + feed("polled each second, as the original does", now, "poll")
                + String.format(
                        Locale.ROOT,
                        "%nIn the middle the feed is late by %.3f of what polling is.%n",
                        now.get("feed.p50") / now.get("poll.p50"));
        bench.section(text);
    }

    private static String feedHead() {
        return "| a block is heard of after | blocks | p50 | p90 | p99 | at most |\n|---|---|---|---|---|---|\n";
    }

    private static String feed(String name, Answer run, String which) {
        return String.format(
                Locale.ROOT,
                "| %s | %.0f | %.0f ms | %.0f ms | %.0f ms | %.0f ms |%n",
                name,
                run.get(which + ".n"),
                run.get(which + ".p50"),
                run.get(which + ".p90"),
                run.get(which + ".p99"),
                run.get(which + ".p100"));
    }

    private static Answer passed(Answer run) throws IOException {
        if (!run.text("verdict").equals(PASSED)) {
            throw new IOException("the run did not pass: " + run.text("verdict") + ": " + run.text("failure"));
        }
        return run;
    }

    /** Fifty processes, with the shortest slots of which runs pass. */
    static void fifty(Bench bench) throws Exception {
        var text = new StringBuilder(
                "| tree | nodes | slot | verdict | to ready | blocks | accepted | included | processors busy |\n"
                        + "|---|---|---|---|---|---|---|---|---|\n");
        String before = fifty(bench, bench.before, text);
        String now = fifty(bench, bench.now, text);
        bench.goal("50 processes on two cores", "a run passes", before, now, "");
        bench.section(text.toString());
    }

    private static String fifty(Bench bench, SourceTree tree, StringBuilder text) throws Exception {
        int nodes = bench.brief ? 12 : 50;
        String window = bench.brief ? " 5 50 8 3" : " 5 50 30 10";
        try (var worker = tree.worker()) {
            for (int slot : new int[] {1000, 2000, 4000}) {
                var run = worker.ask("live process " + nodes + " " + slot + window);
                text.append(String.format(
                        Locale.ROOT,
                        "| %s | %d | %d ms | %s %s | %s | %.0f | %.0f | %.0f | %.0f %% |%n",
                        tree.name(),
                        nodes,
                        slot,
                        run.text("verdict"),
                        run.text("failure").replace("|", "/"),
                        seconds(run.get("phase.DEPLOY")),
                        run.get("blocks"),
                        run.get("accepted"),
                        run.get("included"),
                        run.get("busy")));
                if (run.text("verdict").equals(PASSED)) {
                    return "passes with slots of " + slot / 1000 + " s, ready in " + seconds(run.get("phase.DEPLOY"));
                }
            }
        }
        return "none of 1, 2 and 4 s";
    }

    /** Fifty real nodes, with slots that leave them the time. */
    static void fiftyReal(Bench bench) throws Exception {
        if (System.getenv("NOMOS_NODE_BIN") == null) {
            throw new Row.Missing("NOMOS_NODE_BIN names no real node, see docs/real-nodes.md");
        }
        try (var worker = bench.now.worker(SourceTree.REAL)) {
            var run = worker.ask("live process " + (bench.brief ? 3 : 50) + " 8000 1 5 160 20 full");
            bench.section(String.format(
                    Locale.ROOT,
                    "Slots of 8 s: %s; ready in %s, %.0f blocks, %.0f of %.0f transactions included, processors"
                            + " %.0f %% busy.",
                    (run.text("verdict") + " " + run.text("failure")).strip(),
                    seconds(run.get("phase.DEPLOY")),
                    run.get("blocks"),
                    run.get("included"),
                    run.get("accepted"),
                    run.get("busy")));
        }
    }

    /** What was held, and what was not. */
    private record Limit(double held, Answer best, double missed, Answer worst, String table) {}

    /** Transactions a second of which all are included, with five processes. */
    static void rate(Bench bench) throws Exception {
        double seconds = bench.left();
        Limit now;
        Limit before;
        try (var pair = new Pair(bench)) {
            now = limit(bench, pair.now, 0.6 * seconds);
            before = limit(bench, pair.before, 0.4 * seconds);
        }
        double blocks = now.best.get("blocks") / now.best.get("window");
        double chain = blocks * now.best.get("perBlock");
        bench.goal(
                "transactions a second all included, 5 processes",
                "1,000",
                each(before),
                each(now),
                ratio(now.held / before.held));
        bench.section(String.format(
                Locale.ROOT,
                "The chain itself has room for %.0f transfers in a block of 64 KiB, so %.0f a second at the %.1f"
                        + " blocks a second of the last run that held. There the processors of the machine were %.0f %%"
                        + " busy, %.0f %% of it by the nodes and %.0f %% by the test JVM.%n%nNow:%n%n%s%n%s:%n%n%s",
                now.best.get("perBlock"),
                chain,
                blocks,
                now.best.get("busy"),
                share(now.best, "cpu.nodes"),
                share(now.best, "cpu.own"),
                now.table,
                SourceTree.BEFORE,
                before.table));
    }

    private static double share(Answer run, String whose) {
        return 100 * run.get(whose) / (run.get("cpu.nodes") + run.get("cpu.own"));
    }

    private static String each(Limit limit) {
        return String.format(Locale.ROOT, "%.0f held", limit.held)
                + (limit.worst == null ? ", no more tried" : String.format(Locale.ROOT, ", %.0f not", limit.missed));
    }

    /** Doubles until a load does not hold any more, then halves what is between. */
    private static Limit limit(Bench bench, WorkerJvm worker, double seconds) throws IOException, InterruptedException {
        double end = System.nanoTime() / 1e9 + seconds;
        double held = 0;
        double missed = Double.POSITIVE_INFINITY;
        Answer best = null;
        Answer worst = null;
        var table = new StringBuilder(
                "| a second, wanted | slot | per block | blocks | accepted | included | a second, included | "
                        + "processors busy | verdict |\n|---|---|---|---|---|---|---|---|---|\n");
        double load = bench.brief ? 50 : 125;
        double took = 0;
        do {
            double begin = System.nanoTime() / 1e9;
            var run = worker.ask(order(bench, load));
            double included = run.get("included") / run.get("window");
            boolean holds = run.text("verdict").equals(PASSED) && included > 0.85 * load;
            table.append(String.format(
                    Locale.ROOT,
                    "| %.0f | %d ms | %d | %.0f | %.0f | %.0f | %.0f | %.0f %% | %s %s |%n",
                    load,
                    slot(load),
                    perBlock(load),
                    run.get("blocks"),
                    run.get("accepted"),
                    run.get("included"),
                    included,
                    run.get("busy"),
                    run.text("verdict"),
                    run.text("failure").replace("|", "/")));
            if (holds) {
                held = included;
                best = run;
            } else {
                missed = load;
                worst = run;
            }
            load = worst == null ? 2 * load : (Math.max(held, load / 4) + missed) / 2;
            took = System.nanoTime() / 1e9 - begin;
        } while (!bench.brief
                && load < 2000
                && (worst == null || missed - held > 0.1 * missed)
                && System.nanoTime() / 1e9 + took < end);
        if (best == null) {
            throw new IOException("no load held:\n" + table);
        }
        return new Limit(held, best, missed, worst, table.toString());
    }

    /** 240 wallets, for which a genesis has room, have one transaction on the way each: more need shorter slots. */
    private static int slot(double load) {
        return perBlockAt(200, load) <= 240 ? 200 : 100;
    }

    private static int perBlock(double load) {
        return Math.min(240, perBlockAt(slot(load), load));
    }

    /** With f 0.9 and five nodes of equal stake five of six slots have a block. */
    private static int perBlockAt(int slot, double load) {
        return (int) Math.ceil(load * slot / 1000 / 0.83);
    }

    private static String order(Bench bench, double load) {
        return "live process 5 " + slot(load) + " " + perBlock(load) + " 240 " + (bench.brief ? "5 3" : "15 5");
    }

    /** How late blocks are heard of through the API server. */
    static void kubernetes(Bench bench) throws Exception {
        String kubeconfig = System.getenv(CLUSTER);
        if (kubeconfig == null || !Files.isReadable(Path.of(kubeconfig))) {
            throw new Row.Missing(
                    "no cluster for tests: .ci/kubernetes-up starts one, " + CLUSTER + " names its kubeconfig");
        }
        bench.before.addKubernetes();
        bench.now.addKubernetes();
        String order = "live kubernetes 5 500 10 100 " + (bench.brief ? "8 3" : "60 10");
        var answers = new ArrayList<Answer>();
        try (var pair = new Pair(bench, "-Dnomos.kubernetes.kubeconfig=" + kubeconfig)) {
            for (var worker : List.of(pair.before, pair.now)) {
                Path image = bench.scratch.resolve("dev-node.tar");
                worker.ask("image " + image);
                Shell.run(bench.root, Duration.ofMinutes(3), ".ci/kubernetes-up", "load", image.toString());
                Files.delete(image);
                var answer = worker.ask(order);
                answers.add(worker == pair.now ? passed(answer) : answer); // of the other only the feed counts
            }
        }
        bench.goal(
                "feed by port-forward, p99",
                "100 ms",
                String.format(Locale.ROOT, "%.0f ms", answers.get(0).get("feed.p99")),
                String.format(Locale.ROOT, "%.0f ms", answers.get(1).get("feed.p99")),
                ratio(answers.get(1).get("feed.p99") / answers.get(0).get("feed.p99")));
        bench.section(
                feedHead() + feed(SourceTree.BEFORE, answers.get(0), "feed") + feed("now", answers.get(1), "feed"));
    }

    private static String seconds(double value) {
        return String.format(Locale.ROOT, "%.2f s", value);
    }

    private static String ratio(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
