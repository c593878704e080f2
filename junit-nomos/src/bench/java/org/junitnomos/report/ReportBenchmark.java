package org.junitnomos.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalReader;
import org.junitnomos.runner.RunResult;
import org.junitnomos.runner.ScenarioRunner;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.settings.RunSettings;
import org.junitnomos.testkit.Chromium;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.workload.TransactionWorkload;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The page of a run: how long it takes to be written, and to be opened in Chromium; prints how large it is. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ReportBenchmark {

    /** A run that is over, and its page. */
    @State(Scope.Benchmark)
    public static class Run {
        /** Nodes and minutes. */
        @Param({"7x10", "100x60"})
        public String size = "";

        private Path root = Path.of("unset");
        private RunResult result;
        private List<JournalEvent> events = List.of();
        private Path page = Path.of("unset");

        /** Run it once. */
        @Setup
        public void run() throws IOException {
            root = Files.createTempDirectory("nomos-bench");
            var parameters = new TreeMap<>(
                    Map.of("nomos.directory", root.toString(), "nomos.seed", "4711", "nomos.report.html", "always"));
            int nodes = Integer.parseInt(size.split("x")[0]);
            var plan = Scenario.builder()
                    .name("run")
                    .validators(nodes)
                    .layout(nodes > 10 ? NetworkLayout.STAR : NetworkLayout.FULL)
                    .wallets(50)
                    .workload(new TransactionWorkload(5, 20))
                    .runFor(Duration.ofMinutes(Integer.parseInt(size.split("x")[1])))
                    .build();
            result = ScenarioRunner.run(
                    plan, RunSettings.read(name -> Optional.ofNullable(parameters.get(name)), Map.of(), Map.of()));
            var directory = Objects.requireNonNull(result.directory());
            page = directory.resolve(RunResult.PAGE);
            System.out.println(size + ": page of " + Files.size(page) + " bytes, journal of "
                    + Files.size(directory.resolve(RunResult.JOURNAL)));
            events = JournalReader.read(directory.resolve(RunResult.JOURNAL)).events();
        }

        /** Remove what it left. */
        @TearDown
        public void remove() throws IOException {
            try (var paths = Files.walk(root)) {
                for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    /** A browser. */
    @State(Scope.Benchmark)
    public static class Browser {
        private Chromium browser;
        private Path profile;

        /** Start it. */
        @Setup
        public void start() throws IOException {
            profile = Files.createTempDirectory("nomos-bench-profile");
            browser = Chromium.start(profile);
        }

        /** Stop it. */
        @TearDown
        public void stop() {
            System.out.println("heap of the page: "
                    + browser.evaluate("performance.memory.usedJSHeapSize").asLong() + " bytes");
            browser.close();
        }
    }

    /** Data and template to disk. */
    @Benchmark
    public long writing(Run run) throws IOException {
        var data = new PageData(run.result, run.root, run.events, null);
        HtmlReporter.writePage(run.root.resolve("page.html"), data, Map.of());
        return Files.size(run.root.resolve("page.html"));
    }

    /** From the request until its script has drawn everything. */
    @Benchmark
    public boolean opening(Run run, Browser browser) {
        browser.browser.open(run.page, 1400, 900, false);
        return browser.browser
                .evaluate("document.documentElement.dataset.ready === 'yes' && new Promise(done =>"
                        + " requestAnimationFrame(() => requestAnimationFrame(() => done(true))))")
                .asBoolean();
    }
}
