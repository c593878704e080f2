package org.junitnomos.report;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.Journal;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.PhaseStarted;
import org.junitnomos.journal.RunPhase;
import org.junitnomos.journal.Verdict;
import org.junitnomos.runner.RunInfo;
import org.junitnomos.runner.RunListener;
import org.junitnomos.runner.RunReporter;
import org.junitnomos.runner.RunResult;
import org.junitnomos.settings.KeepPolicy;
import org.junitnomos.time.WallTime;
import org.slf4j.LoggerFactory;

/**
 * Writes a page a run, {@value RunResult#PAGE}, and adds it to the index of all runs beside it, when the run is over:
 * pages for people, drawn from what journal and {@value RunResult#REPORT} hold already. So what cannot be written is
 * told and changes no verdict. {@code docs/reports.md} describes them.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class HtmlReporter implements RunReporter {
    static final String INDEX = "index.html";
    static final String SWEEP = ".sweep.html";

    /** Creates the reporter; the service loader does. */
    public HtmlReporter() {}

    /** Read when the first page is written. */
    private static final class Pages {
        private static final HtmlPage RUN = HtmlPage.of(
                "run.html",
                "dom.js",
                "model.js",
                "axis.js",
                "timeline.js",
                "around.js",
                "verdict.js",
                "charts.js",
                "cluster.js",
                "run.js");
        private static final PageList INDEX = new PageList(HtmlPage.of("index.html", "dom.js", "index.js"));
        private static final PageList SWEEP = new PageList(HtmlPage.of("sweep.html", "dom.js", "sweep.js"));
    }

    @Override
    public RunListener open(RunInfo run) {
        var policy = run.settings().page();
        // Who runs a plan without a test runs many, and looks at those that failed.
        var usual = run.test() == null ? KeepPolicy.FAILED : KeepPolicy.ALWAYS;
        return new PageListener(policy == null ? usual : policy);
    }

    static void writePage(Path file, PageData data, Map<String, @Nullable Object> hostAtBegin) throws IOException {
        Pages.RUN.write(file, data.json(hostAtBegin));
    }

    private static final class PageListener implements RunListener {
        private final KeepPolicy policy;
        private final Map<String, @Nullable Object> host = HostFacts.now(null).json();
        private @Nullable Instant deployedAt;
        private @Nullable Verdict written; // or tried

        PageListener(KeepPolicy policy) {
            this.policy = policy;
        }

        @Override
        public void phaseStarted(RunPhase phase) {
            if (phase == RunPhase.DEPLOY) {
                deployedAt = WallTime.now();
            }
        }

        /** Logs are whole by now, and still there if the run passed. */
        @Override
        public void closing(RunResult result, Journal journal) {
            write(result, journal.events());
        }

        @Override
        public void ended(RunResult result, Journal journal) {
            var events = journal.events();
            if (result.verdict() != written) {
                write(result, events);
            }
            Path directory = result.directory();
            if (directory != null) {
                list(result, RunEntry.of(result, new RunSummary(events), directory), directory);
            }
            Path summary = result.info().settings().stepSummary();
            if (summary != null) {
                attempt(summary, () -> StepSummary.add(summary, result));
            }
        }

        private void write(RunResult result, List<JournalEvent> events) {
            written = result.verdict();
            Path directory = result.directory();
            boolean wanted =
                    policy == KeepPolicy.ALWAYS || policy == KeepPolicy.FAILED && result.verdict() != Verdict.PASSED;
            if (directory == null || !wanted) {
                return;
            }
            Path file = directory.resolve(RunResult.PAGE);
            attempt(file, () -> writePage(file, new PageData(result, directory, events, begin(events)), host));
        }

        /** The date at run time 0: the deploy began at a time that the journal knows. */
        private @Nullable Instant begin(List<JournalEvent> events) {
            Instant known = deployedAt;
            if (known == null) {
                return null;
            }
            for (var event : events) {
                if (event instanceof PhaseStarted started && started.phase() == RunPhase.DEPLOY) {
                    return known.minusNanos(started.at());
                }
            }
            return null;
        }

        private void list(RunResult result, Map<String, @Nullable Object> entry, Path directory) {
            Path scenario = directory.toAbsolutePath().getParent();
            Path root = scenario == null ? null : scenario.getParent();
            if (root == null) {
                return;
            }
            Path index = root.resolve(INDEX);
            attempt(index, () -> Pages.INDEX.add(index, entry));
            String sweep = RunEntry.sweep(result.info().test());
            if (sweep != null) {
                Path page = root.resolve(sweep.replaceAll("[^A-Za-z0-9._-]+", ".") + SWEEP);
                attempt(page, () -> Pages.SWEEP.add(page, entry));
            }
        }

        private static void attempt(Path file, Writing writing) {
            try {
                writing.run();
            } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
                LoggerFactory.getLogger(HtmlReporter.class)
                        .warn("{} could not be written; the verdict and report.json stand without it: {}", file, e, e);
            }
        }
    }

    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }
}
