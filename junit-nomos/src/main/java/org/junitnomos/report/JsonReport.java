package org.junitnomos.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.NodeStateChanged;
import org.junitnomos.journal.JournalEvent.TipChanged;
import org.junitnomos.journal.NodeTimeline;
import org.junitnomos.journal.NodeTimeline.History;
import org.junitnomos.runner.RunResult;
import org.junitnomos.topology.NodeState;

/** Turns a result and its journal into the JSON of docs/reports.md. */
final class JsonReport {
    /** Version of the format; raised when a field changes its meaning or goes away. */
    static final int FORMAT = 1;

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final RunResult result;
    private final RunSummary summary;

    private JsonReport(RunResult result, List<JournalEvent> events) {
        this.result = result;
        this.summary = new RunSummary(events);
    }

    /** Writes a report whole or not at all: readers never see half of one. */
    static void write(RunResult result, List<JournalEvent> events, Path file) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        byte[] text = MAPPER.writeValueAsBytes(new JsonReport(result, events).root());
        try {
            Files.write(draft, text);
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            dropDraft(draft, e);
            throw e;
        }
    }

    private static void dropDraft(Path draft, IOException primary) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            primary.addSuppressed(e);
        }
    }

    private Map<String, @Nullable Object> root() {
        var info = result.info();
        var root = new LinkedHashMap<String, @Nullable Object>();
        root.put("format", FORMAT);
        root.put("scenario", info.scenario().name());
        root.put("test", info.test());
        root.put("verdict", result.verdict().name());
        root.put("cut", result.cut());
        root.put("seed", info.seed());
        root.put("replay", info.replayCommand(result.directory()));
        root.put("system_under_test", result.systemUnderTest());
        root.put("backend", info.scenario().backend());
        root.put("time", info.time().label());
        root.put("plan", info.scenario().print());
        root.put("failures", failures());
        root.put("expectations", expectations());
        root.put("left_out", leftOut());
        root.put("workloads", workloads());
        root.put("phases", phases());
        root.put("blocks", blocks());
        root.put("transactions", transactions());
        root.put("load", load());
        root.put("nodes", nodes());
        root.put("faults", faults());
        root.put("warnings", summary.warnings);
        root.put("notes", notes());
        root.put("files", files());
        root.put("versions", versions());
        return root;
    }

    private Map<String, @Nullable Object> failures() {
        var failures = new LinkedHashMap<String, @Nullable Object>();
        failures.put("infrastructure", text(result.infrastructureFailure()));
        failures.put("body", text(result.bodyFailure()));
        return failures;
    }

    private static @Nullable String text(@Nullable Throwable failure) {
        return failure == null ? null : failure.toString();
    }

    private List<Object> expectations() {
        var list = new ArrayList<Object>();
        for (var expectation : result.expectations()) {
            var entry = new LinkedHashMap<String, @Nullable Object>();
            entry.put("name", expectation.name());
            entry.put("verdict", expectation.verdict().name());
            entry.put("text", expectation.text());
            list.add(entry);
        }
        return list;
    }

    private List<Object> leftOut() {
        var list = new ArrayList<Object>();
        for (var out : result.leftOut()) {
            var entry = new LinkedHashMap<String, Object>();
            entry.put("name", out.expectation());
            entry.put("reason", out.reason());
            list.add(entry);
        }
        return list;
    }

    private List<Object> workloads() {
        var list = new ArrayList<Object>();
        for (var workload : result.workloads()) {
            var entry = new LinkedHashMap<String, @Nullable Object>();
            entry.put("name", workload.name());
            entry.put("problem", workload.text());
            list.add(entry);
        }
        return list;
    }

    private List<Object> phases() {
        var list = new ArrayList<Object>();
        for (var timing : result.phases()) {
            var entry = new LinkedHashMap<String, @Nullable Object>();
            entry.put("phase", timing.phase().name());
            entry.put("wall_ms", timing.wall().toMillis());
            entry.put("protocol_ms", timing.protocol().toMillis());
            entry.put("problem", timing.problem());
            list.add(entry);
        }
        return list;
    }

    private Map<String, Object> blocks() {
        var blocks = new LinkedHashMap<String, Object>();
        blocks.put("expected_in_run_window", result.info().scenario().expectedBlocks());
        blocks.put("observed", summary.blocks);
        blocks.put("height", summary.height);
        return blocks;
    }

    private Map<String, Object> transactions() {
        var transactions = new LinkedHashMap<String, Object>();
        transactions.put("planned", result.info().scenario().plannedTransactions());
        put(summary.transactions, transactions);
        var byWorkload = new LinkedHashMap<String, Object>();
        summary.byWorkload.forEach((workload, its) -> {
            var entry = new LinkedHashMap<String, Object>();
            put(its, entry);
            byWorkload.put(workload, entry);
        });
        transactions.put("by_workload", byWorkload);
        return transactions;
    }

    private static void put(RunSummary.Transactions transactions, Map<String, Object> entry) {
        entry.put("submitted", transactions.submitted());
        entry.put("submissions", transactions.submissions());
        entry.put("accepted", transactions.accepted());
        entry.put("rejections", transactions.rejections());
        entry.put("included", transactions.included());
        entry.put("orphanings", transactions.orphanings());
        entry.put("final", transactions.irreversible());
        entry.put("missing", transactions.missing());
    }

    private List<Object> load() {
        var list = new ArrayList<Object>();
        for (var delivered : summary.load) {
            var entry = new LinkedHashMap<String, @Nullable Object>();
            entry.put("workload", delivered.workload());
            entry.put("load", delivered.load());
            entry.put("planned", delivered.planned());
            entry.put("submitted", delivered.submitted());
            entry.put("accepted", delivered.accepted());
            entry.put("missed", delivered.missed());
            list.add(entry);
        }
        return list;
    }

    private List<Object> nodes() {
        var list = new ArrayList<Object>();
        var names = new LinkedHashSet<String>();
        result.info().scenario().topology().nodes().forEach(spec -> names.add(spec.name()));
        names.addAll(summary.nodes.nodes()); // those that were added
        for (var name : names) {
            var node = summary.nodes.find(name);
            var state = node.flatMap(History::state);
            var tip = node.flatMap(History::tip);
            var reorgs = node.map(History::reorgs).orElse(List.of());
            var entry = new LinkedHashMap<String, @Nullable Object>();
            entry.put("name", name);
            entry.put("state", state.map(last -> last.state().name()).orElse(null));
            entry.put("reason", state.map(NodeStateChanged::reason).orElse(null));
            entry.put("height", tip.map(TipChanged::height).orElse(0L));
            entry.put("lib_height", tip.map(TipChanged::libHeight).orElse(-1L));
            entry.put("restarts", node.map(JsonReport::restarts).orElse(0L));
            entry.put("reorgs", reorgs.size());
            entry.put(
                    "deepest_reorg",
                    reorgs.stream().mapToInt(TipChanged::reorgDepth).max().orElse(0));
            entry.put("unreadable", node.map(each -> each.blindSpans().size()).orElse(0));
            entry.put("contradictions", node.map(JsonReport::contradictions).orElse(List.of()));
            list.add(entry);
        }
        return list;
    }

    private static List<Object> contradictions(History node) {
        var list = new ArrayList<Object>();
        for (var span : node.contradictions()) {
            var entry = new LinkedHashMap<String, @Nullable Object>();
            entry.put("about", span.about());
            entry.put("expected", span.expected());
            entry.put("observed", span.observed());
            entry.put("times", span.times());
            entry.put("from_ms", millis(span.from()));
            entry.put("to_ms", span.to() == NodeTimeline.OPEN ? null : millis(span.to()));
            list.add(entry);
        }
        return list;
    }

    private static long restarts(History node) {
        return node.states().stream()
                .skip(1)
                .filter(change -> change.state() == NodeState.SPAWNED)
                .count();
    }

    private List<Object> faults() {
        var list = new ArrayList<Object>();
        for (var fault : summary.faults.values()) {
            var entry = new LinkedHashMap<String, @Nullable Object>();
            entry.put("fault", fault.requested.fault());
            entry.put("kind", fault.requested.kind());
            entry.put("targets", fault.requested.targets());
            entry.put("detail", fault.requested.detail());
            entry.put("requested_ms", millis(fault.requested.at()));
            entry.put("in_force_ms", millis(fault.inForceAt));
            entry.put("healed_ms", millis(fault.healedAt));
            entry.put("proof", fault.proof);
            list.add(entry);
        }
        return list;
    }

    private List<Object> notes() {
        var list = new ArrayList<Object>();
        for (var note : summary.notes) {
            var entry = new LinkedHashMap<String, @Nullable Object>();
            entry.put("at_ms", millis(note.at()));
            entry.put("author", note.author());
            entry.put("text", note.text());
            list.add(entry);
        }
        return list;
    }

    private static @Nullable Long millis(long nanos) {
        return nanos < 0 ? null : nanos / NANOS_PER_MILLI;
    }

    private Map<String, @Nullable Object> files() {
        var files = new LinkedHashMap<String, @Nullable Object>();
        Path directory = result.directory();
        files.put("directory", directory == null ? null : directory.toString());
        files.put("journal", RunResult.JOURNAL);
        return files;
    }

    static Map<String, @Nullable Object> versions() {
        var versions = new LinkedHashMap<String, @Nullable Object>();
        var own = JsonReport.class.getPackage().getImplementationVersion();
        versions.put("junit_nomos", own == null ? "unknown" : own);
        versions.put("java", System.getProperty("java.version"));
        versions.put("java_vm", System.getProperty("java.vm.name"));
        versions.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        versions.put("processors", Runtime.getRuntime().availableProcessors());
        return versions;
    }
}
