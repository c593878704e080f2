package benchmarks.driver;

import benchmarks.driver.Pair.Series;
import benchmarks.driver.WorkerJvm.Answer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;

/** Beside what others make, with the same to do. */
final class PeerRows {
    private static final String ANVIL = "@foundry-rs/anvil@1.7.1";
    private static final String ASK_ANVIL =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_blockNumber\",\"params\":[]}";

    private PeerRows() {}

    /** A single node from its start as a process to its first answer. */
    static void start(Bench bench) throws Exception {
        if (!Shell.has("npm")) {
            throw new Row.Missing("npm, which Anvil comes with, is not on the path");
        }
        Path anvil = anvil(bench);
        var before = new ArrayList<Answer>();
        var now = new ArrayList<Answer>();
        var peer = new ArrayList<Answer>();
        try (var pair = new Pair(bench);
                var oldNode = lone(pair.before);
                var newNode = lone(pair.now)) {
            bench.goOn(0, 1, 1);
            do {
                before.add(once(oldNode));
                now.add(once(newNode));
                peer.add(once(anvil));
            } while (bench.goOn(now.size(), 5, 15));
        }
        bench.section("| from start to first answer | s | median | resident |\n|---|---|---|---|\n"
                + line("dev node, " + SourceTree.BEFORE, before) + line("dev node, now", now)
                + line("Anvil 1.7.1", peer)
                + String.format(
                        Locale.ROOT,
                        "%nA dev node takes %.2f of the time of Anvil, and %.2f of that before.%n",
                        Series.median(now, "wall") / Series.median(peer, "wall"),
                        Series.median(now, "wall") / Series.median(before, "wall")));
    }

    private static String line(String name, List<Answer> answers) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.3f s | %.0f MB |%n",
                name,
                Series.each(answers, "wall"),
                Series.median(answers, "wall"),
                Series.median(answers, "rss"));
    }

    private static BareNodes lone(WorkerJvm worker) throws IOException, InterruptedException {
        var deployed = worker.ask("deploy process 1");
        worker.ask("close");
        return new BareNodes(Path.of(deployed.text("directory")));
    }

    private static Answer once(BareNodes node) throws IOException, InterruptedException {
        double begin = System.nanoTime() / 1e9;
        node.start();
        URI at = node.awaitPort();
        Answering.await(at.getHost(), at.getPort(), Answering.get("/cryptarchia/info"));
        var answer = answer(System.nanoTime() / 1e9 - begin, node.memory());
        node.close();
        return answer;
    }

    private static Answer answer(double wall, double memory) {
        var figures = new HashMap<String, String>();
        figures.put("wall", "" + wall);
        figures.put("rss", "" + memory);
        return new Answer(figures);
    }

    /** The program itself, which the package of npm only looks up. */
    private static Path anvil(Bench bench) throws IOException, InterruptedException, Row.Missing {
        Path directory = Files.createDirectories(bench.scratch.resolve("anvil"));
        Path scope = directory.resolve("node_modules/@foundry-rs");
        if (!Files.isDirectory(scope)) {
            Shell.run(
                    directory,
                    Duration.ofMinutes(3),
                    "npm",
                    "install",
                    "--silent",
                    "--no-audit",
                    "--no-fund",
                    "--prefix",
                    directory.toString(),
                    ANVIL);
        }
        try (var files = Files.walk(scope)) {
            return files.filter(file -> file.endsWith("bin/anvil") && Files.isExecutable(file))
                    .findFirst()
                    .orElseThrow(() -> new Row.Missing("npm's " + ANVIL + " has no program for this machine"));
        }
    }

    private static Answer once(Path anvil) throws IOException, InterruptedException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        double begin = System.nanoTime() / 1e9;
        var process = new ProcessBuilder(anvil.toString(), "--port", "" + port, "--silent")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            Answering.await("127.0.0.1", port, Answering.post("/", ASK_ANVIL));
            return answer(System.nanoTime() / 1e9 - begin, BareNodes.resident(process));
        } finally {
            BareNodes.end(process);
        }
    }

    /** Four real nodes from nothing to ready, beside a start of the same programs and configurations. */
    static void real(Bench bench) throws Exception {
        if (System.getenv("NOMOS_NODE_BIN") == null) {
            throw new Row.Missing("NOMOS_NODE_BIN names no real node, see docs/real-nodes.md");
        }
        int nodes = bench.brief ? 2 : 4;
        var deploys = new ArrayList<Answer>();
        var bare = new ArrayList<Answer>();
        String directly = "-Dnomos.process.relays=off"; // a bare start has none
        try (var worker = bench.now.worker(SourceTree.REAL, directly)) {
            worker.ask("deploy process " + nodes); // proves the genesis, which is kept
            worker.ask("close");
            bench.goOn(0, 1, 1);
            do {
                var deployed = worker.ask("deploy process " + nodes);
                deploys.add(deployed);
                worker.ask("close");
                bare.add(bareStart(deployed));
            } while (bench.goOn(deploys.size(), 2, 6));
        }
        double ratio = Series.median(deploys, "wall") / Series.median(bare, "wall");
        bench.section(nodes + " validators from nothing to ready, each with a peer.\n\n"
                + "| | to ready, s | median | resident, each |\n|---|---|---|---|\n"
                + line("deploy by this library", deploys) + line("bare start of the same programs", bare)
                + String.format(Locale.ROOT, "%nA deploy takes %.2f of the time of a bare start.%n", ratio));
    }

    private static Answer bareStart(Answer deployed) throws IOException, InterruptedException {
        var urls = List.of(deployed.text("urls").split(" ")).stream()
                .map(URI::create)
                .toList();
        try (var nodes = new BareNodes(Path.of(deployed.text("directory")))) {
            double begin = System.nanoTime() / 1e9;
            nodes.start();
            Answering.awaitPeers(urls);
            return answer(System.nanoTime() / 1e9 - begin, nodes.memory());
        }
    }
}
