package org.junitnomos.report;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.ForkTree;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.FaultRequested;
import org.junitnomos.journal.JournalEvent.PhaseEnded;
import org.junitnomos.journal.JournalEvent.PhaseStarted;
import org.junitnomos.journal.RunPhase;
import org.junitnomos.journal.Verdict;
import org.junitnomos.runner.ExpectationResult;
import org.junitnomos.runner.PhaseTiming;
import org.junitnomos.runner.RunResult;
import org.junitnomos.settings.TimeMode;
import org.junitnomos.time.VirtualTimeSettings;
import org.opentest4j.AssertionFailedError;

/** What {@code report.html} shows of a run, as the script of the page reads it. Made once, when the run ends. */
final class PageData {
    /** Version of what the script reads; page and data are always of one library. */
    static final int FORMAT = 1;

    private static final long LOGS_OF_FAILED = 1_500_000;
    private static final long LOGS_OF_PASSED = 250_000;
    private static final int MOST_MOMENTS = 60;
    private static final Pattern ODDS = Pattern.compile("once in ([0-9,]+) runs|falseAlarmOneIn (\\d+)");
    /** What texts say of a bound that follows from chance; others are in the settings. */
    private static final Pattern BOUND = Pattern.compile("[^;:()\\n]{1,120} once in [0-9,]+ runs");

    private final RunResult result;
    private final Path directory;
    private final List<JournalEvent> events;
    private final @Nullable Instant begin;
    private final Thinning thinning = new Thinning();
    private final RunSummary summary;
    private final ChainData chain;
    private final NodeData nodes;
    private final Marks marks;

    /**
     * Prepares the data of a run.
     *
     * @param begin the date at run time 0, null if it is not known; virtual time has one of its own
     */
    PageData(RunResult result, Path directory, List<JournalEvent> events, @Nullable Instant begin) {
        this.result = result;
        this.directory = directory;
        this.events = events;
        boolean virtual = result.info().time() == TimeMode.VIRTUAL;
        this.begin = virtual ? VirtualTimeSettings.DEFAULT_EPOCH : begin;
        this.summary = new RunSummary(events);
        this.chain = new ChainData(ForkTree.of(events));
        var topology = result.info().scenario().topology();
        this.nodes = new NodeData(topology, summary.nodes);
        this.marks = new Marks(
                events,
                chain,
                nodes.names(),
                topology.consensus().slotDuration().toMillis(),
                this.begin);
    }

    Map<String, @Nullable Object> json(Map<String, @Nullable Object> hostAtBegin) throws IOException {
        var names = nodes.names();
        var root = new LinkedHashMap<String, @Nullable Object>();
        root.put("format", FORMAT);
        root.put("run", run());
        root.put(
                "plan",
                result.info().scenario().print().stream()
                        .map(PageTexts::visible)
                        .toList());
        root.put("expectations", expectations());
        root.put(
                "leftOut",
                result.leftOut().stream()
                        .map(out -> List.of(PageTexts.visible(out.expectation()), PageTexts.visible(out.reason())))
                        .toList());
        root.put("failures", failures());
        root.put("phases", phases());
        root.put("nodes", nodes.json(chain, thinning));
        root.put("blocks", chain.json(names));
        root.put("faults", FaultData.json(events, names));
        var load = new LoadData(events, end());
        root.put("transactions", load.transactions(chain, names, thinning));
        root.put("blobs", load.blobs(chain, names, thinning));
        root.put("delivered", delivered());
        root.put("warnings", summary.warnings.stream().map(PageTexts::visible).toList());
        root.put("events", EventData.json(events, names, thinning));
        var metrics = new MetricData(events, names);
        root.put("metrics", metrics.json(thinning, failing()));
        root.put("constantMetrics", metrics.constant());
        root.put("links", links());
        root.put("host", host(hostAtBegin));
        root.put("versions", JsonReport.versions());
        root.put("compare", Divergence.of(result.info(), directory, events));
        root.put("logs", logs());
        root.put("thinned", thinning.notes());
        return root;
    }

    private long end() {
        return events.isEmpty() ? 0 : events.get(events.size() - 1).at();
    }

    private Map<String, @Nullable Object> run() {
        var info = result.info();
        var run = new LinkedHashMap<String, @Nullable Object>();
        run.put("scenario", PageTexts.visible(info.scenario().name()));
        run.put("test", PageTexts.of(info.test()));
        run.put("verdict", result.verdict().name());
        run.put("cut", PageTexts.of(result.cut()));
        run.put("seed", Long.toString(info.seed())); // more digits than a number of the script has
        run.put("replay", PageTexts.of(info.replayCommand(directory)));
        run.put("system", PageTexts.visible(result.systemUnderTest()));
        run.put("backend", info.scenario().backend());
        run.put("time", info.time().label());
        run.put("directory", directory.toString());
        run.put("end", PageTexts.millis(end()));
        run.put("window", info.scenario().runWindow().toMillis());
        run.put("expectedBlocks", info.scenario().expectedBlocks());
        run.put("slot", info.scenario().topology().consensus().slotDuration().toMillis());
        run.put("slotZero", marks.firstSlotAt());
        run.put("k", info.scenario().topology().consensus().securityParameter());
        return run;
    }

    private List<Object> expectations() {
        var promises = new Promises(result, summary, chain.tree(), events);
        var settings = settings();
        var list = new ArrayList<Object>();
        for (var expectation : result.expectations()) {
            list.add(expectation(expectation, promises, settings.get(expectation.name())));
        }
        return list;
    }

    private Map<String, @Nullable Object> expectation(
            ExpectationResult expectation, Promises promises, @Nullable String settings) {
        var entry = new LinkedHashMap<String, @Nullable Object>();
        String text = expectation.text();
        entry.put("name", PageTexts.visible(expectation.name()));
        entry.put("verdict", expectation.verdict().name());
        entry.put("text", PageTexts.of(text));
        entry.put("settings", PageTexts.of(settings));
        entry.put("promise", Promises.sentence(expectation.name()));
        entry.put("seen", promises.seen(expectation.name()));
        if (expectation.failure() instanceof AssertionFailedError failed
                && failed.isExpectedDefined()
                && failed.isActualDefined()) {
            entry.put("expected", PageTexts.of(failed.getExpected().getStringRepresentation()));
            entry.put("actual", PageTexts.of(failed.getActual().getStringRepresentation()));
        }
        entry.put("odds", odds((text == null ? "" : text) + " " + settings));
        entry.put("bound", text == null ? null : bound(text));
        entry.put("marks", marks.of(text));
        entry.put("nodes", expectation.verdict() == Verdict.PASSED ? new int[0] : marks.nodes(text));
        return entry;
    }

    private static @Nullable String odds(String text) {
        var found = ODDS.matcher(text);
        if (!found.find()) {
            return null;
        }
        String number = found.group(1) == null ? found.group(2) : found.group(1);
        return Thinning.counted(Long.parseLong(number.replace(",", "")));
    }

    private static @Nullable String bound(String text) {
        var found = BOUND.matcher(text);
        return found.find() ? PageTexts.visible(found.group().strip()) : null;
    }

    /** The settings of the expectations by their names, as the plan prints them. */
    private Map<String, String> settings() {
        var settings = new LinkedHashMap<String, String>();
        for (var line : result.info().scenario().print()) {
            if (line.startsWith("expectation: ") && line.contains(" (")) {
                settings.putIfAbsent(
                        line.substring("expectation: ".length(), line.indexOf(" (")),
                        line.substring(line.indexOf(" (") + 1));
            }
        }
        return settings;
    }

    private List<Object> failures() {
        var list = new ArrayList<Object>();
        addFailure(list, "infrastructure", result.infrastructureFailure());
        addFailure(list, "test", result.bodyFailure());
        for (var workload : result.workloads()) {
            if (workload.text() != null) {
                list.add(failure("workload " + workload.name(), workload.text()));
            }
        }
        return list;
    }

    private void addFailure(List<Object> list, String what, @Nullable Throwable failure) {
        if (failure != null) {
            list.add(failure(what, RunEntry.text(failure)));
        }
    }

    private Map<String, @Nullable Object> failure(String what, @Nullable String text) {
        var entry = new LinkedHashMap<String, @Nullable Object>();
        entry.put("what", PageTexts.visible(what));
        entry.put("text", PageTexts.of(text));
        entry.put("marks", marks.of(text));
        entry.put("nodes", marks.nodes(text));
        return entry;
    }

    private List<Object> phases() {
        var walls = new LinkedHashMap<RunPhase, PhaseTiming>();
        result.phases().forEach(timing -> walls.put(timing.phase(), timing));
        var begun = new LinkedHashMap<RunPhase, Long>();
        var list = new ArrayList<Object>();
        for (var event : events) {
            if (event instanceof PhaseStarted started) {
                begun.put(started.phase(), started.at());
            } else if (event instanceof PhaseEnded ended) {
                var timing = walls.get(ended.phase());
                var entry = new LinkedHashMap<String, @Nullable Object>();
                entry.put("phase", ended.phase().name());
                entry.put("from", PageTexts.millis(begun.getOrDefault(ended.phase(), ended.at())));
                entry.put("to", PageTexts.millis(ended.at()));
                entry.put("wall", timing == null ? null : timing.wall().toMillis());
                entry.put("problem", PageTexts.of(ended.problem()));
                list.add(entry);
            }
        }
        return list;
    }

    private List<Object> delivered() {
        var list = new ArrayList<Object>();
        for (var each : summary.load) {
            var entry = new LinkedHashMap<String, @Nullable Object>();
            entry.put("workload", PageTexts.visible(each.workload()));
            entry.put("load", PageTexts.visible(each.load()));
            entry.put("planned", each.planned());
            entry.put("submitted", each.submitted());
            entry.put("accepted", each.accepted());
            var missed = new LinkedHashMap<String, Long>();
            each.missed().forEach((why, number) -> missed.merge(PageTexts.visible(why), number, Long::sum));
            entry.put("missed", missed);
            list.add(entry);
        }
        return list;
    }

    private String failing() {
        return result.expectations().stream()
                .filter(each -> each.verdict() != Verdict.PASSED)
                .map(each -> each.name() + "\n" + each.text())
                .collect(Collectors.joining("\n"));
    }

    private Map<String, @Nullable Object> links() {
        var topology = result.info().scenario().topology();
        var links = new LinkedHashMap<String, @Nullable Object>();
        links.put("layout", topology.layout().name().toLowerCase(Locale.ROOT));
        links.put("latencyMs", topology.links().latency().toNanos() / 1e6);
        links.put("jitterMs", topology.links().jitter().toNanos() / 1e6);
        links.put("lossPerMille", topology.links().lossPerMille());
        links.put("bandwidth", topology.links().bandwidth());
        var pairs = new ArrayList<Object>();
        for (int node = 0; node < topology.size(); node++) {
            for (int peer : topology.layout().peersOf(node, topology.size())) {
                if (peer > node) {
                    pairs.add(new int[] {node, peer});
                }
            }
        }
        links.put("pairs", pairs);
        return links;
    }

    private Map<String, @Nullable Object> host(Map<String, @Nullable Object> hostAtBegin) {
        var host = new LinkedHashMap<String, @Nullable Object>();
        host.put("begin", hostAtBegin);
        host.put("end", HostFacts.now(directory).json());
        return host;
    }

    private List<Object> logs() throws IOException {
        var moments = LongStream.concat(
                        result.expectations().stream()
                                .flatMap(each -> marks.of(each.text()).stream())
                                .mapToLong(Marks::from),
                        events.stream()
                                .filter(FaultRequested.class::isInstance)
                                .mapToLong(event -> PageTexts.millis(event.at())))
                .distinct()
                .limit(MOST_MOMENTS)
                .toArray();
        long budget = result.verdict() == Verdict.PASSED ? LOGS_OF_PASSED : LOGS_OF_FAILED;
        return new LogData(directory, begin == null ? Instant.EPOCH : begin, moments, budget).json(thinning);
    }
}
