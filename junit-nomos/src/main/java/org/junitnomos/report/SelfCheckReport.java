package org.junitnomos.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.defect.DefectScope;
import org.junitnomos.defect.NodeDefect;
import org.junitnomos.runner.DefectFinding;
import org.junitnomos.runner.DefectFinding.Notice;
import org.junitnomos.runner.DefectFinding.Outcome;
import org.junitnomos.runner.SelfCheckResult;
import org.junitnomos.time.CountText;
import org.junitnomos.time.DurationText;
import org.junitnomos.time.VisibleText;

/** Tells what a scenario notices of the defects of the catalogue: as text, as a table of a page, and as JSON. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class SelfCheckReport {
    /** Names of the files that {@link #write} makes. */
    public static final String TEXT = "self-check.txt";

    static final String JSON = "self-check.json";

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final int WIDTH = 160;

    private final SelfCheckResult result;
    private final Map<NodeDefect, List<DefectFinding>> byDefect = new LinkedHashMap<>();

    /** Reports a result. */
    public SelfCheckReport(SelfCheckResult result) {
        this.result = result;
        result.findings()
                .forEach(finding -> byDefect.computeIfAbsent(finding.defect(), defect -> new ArrayList<>())
                        .add(finding));
    }

    /** {@return the table, with a line that sums it up first} */
    public String text() {
        var lines = new ArrayList<String>();
        lines.add(summary());
        result.alarms().forEach(alarm -> lines.add("  ALARM " + alarm));
        byDefect.forEach((defect, findings) -> lines.add("  " + String.format("%-30s", defect.label()) + " "
                + shortened(row(findings).stream().collect(Collectors.joining("; ")))));
        return String.join("\n", lines) + "\n";
    }

    /** Prints the table on the console. */
    public void print() {
        Console.out().print(VisibleText.of(text()));
    }

    private String summary() {
        return "self-check of " + result.scenario() + ": " + byDefect.size() + " defects, "
                + CountText.of(result.seeds().size(), "seed")
                + ", " + DurationText.format(result.took().truncatedTo(ChronoUnit.SECONDS)) + ": "
                + number(Outcome.NOTICED) + " noticed, " + number(Outcome.MISSED) + " missed, "
                + number(Outcome.UNTOUCHED) + " not touched, " + number(Outcome.INVISIBLE) + " not to be seen";
    }

    private long number(Outcome outcome) {
        return byDefect.values().stream().filter(each -> of(each) == outcome).count();
    }

    /** The outcome of a defect over all seeds: the first of the outcomes that any has. */
    private static Outcome of(List<DefectFinding> findings) {
        return findings.stream()
                .map(DefectFinding::outcome)
                .min(Enum::compareTo)
                .orElseThrow();
    }

    /** What is to be told of a defect: how often it was noticed, and by whom; or what is missing. */
    private static List<String> row(List<DefectFinding> findings) {
        var defect = findings.get(0).defect();
        var cells = new ArrayList<String>();
        switch (of(findings)) {
            case NOTICED -> {
                long touched = findings.stream()
                        .filter(each -> each.outcome() != Outcome.UNTOUCHED)
                        .count();
                long noticed = findings.stream()
                        .filter(each -> each.outcome() == Outcome.NOTICED)
                        .count();
                cells.add("noticed " + noticed + "/" + touched + " by " + String.join(", ", noticing(findings)));
                cells.add(first(findings).text());
            }
            case MISSED -> {
                cells.add("MISSED on " + findings.get(0).nodes()
                        + (findings.stream().anyMatch(DefectFinding::acted) ? "" : ", as nobody looked"));
                cells.add("what would notice it judges " + defect.group().judges());
            }
            case INVISIBLE -> cells.add("cannot be seen from outside");
            case UNTOUCHED -> cells.add(untouched(defect, findings));
        }
        return cells;
    }

    private static String untouched(NodeDefect defect, List<DefectFinding> findings) {
        var needs = new ArrayList<String>();
        if (findings.stream().noneMatch(DefectFinding::loaded)) {
            needs.add(defect.load().source());
        }
        if (isOfARole(defect) && findings.stream().allMatch(each -> each.nodes().isEmpty())) {
            needs.add(defect.scope().label());
        }
        return needs.isEmpty()
                ? "not touched by the " + defect.load().label() + " of this run; other seeds may touch it"
                : "not touched: needs " + String.join(", and ", needs);
    }

    private static boolean isOfARole(NodeDefect defect) {
        return defect.scope() == DefectScope.VALIDATOR || defect.scope() == DefectScope.EXECUTOR;
    }

    private static LinkedHashSet<String> noticing(List<DefectFinding> findings) {
        var names = new LinkedHashSet<String>();
        findings.forEach(finding -> finding.notices().forEach(notice -> names.add(notice.expectation())));
        return names;
    }

    private static Notice first(List<DefectFinding> findings) {
        return findings.stream()
                .flatMap(finding -> finding.notices().stream())
                .findFirst()
                .orElseThrow();
    }

    private static String shortened(String text) {
        return text.length() <= WIDTH ? text : text.substring(0, WIDTH - 1) + "…";
    }

    /** {@return what to fail with; null if nothing was missed and the scenario passed without a defect} */
    public @Nullable String failure() {
        if (!result.alarms().isEmpty()) {
            return "the scenario has to pass before it can be checked: " + String.join("; ", result.alarms());
        }
        var missed = result.missed().stream()
                .map(each -> "\n  " + each.defect() + " on " + each.nodes() + " with seed " + each.seed() + ": "
                        + each.defect().sentence() + " What would notice it judges "
                        + each.defect().group().judges() + ". The run: " + each.directory())
                .toList();
        return missed.isEmpty()
                ? null
                : CountText.of(
                                (int) result.missed().stream()
                                        .map(DefectFinding::defect)
                                        .distinct()
                                        .count(),
                                "defect")
                        + " that the load touches stayed unnoticed by " + result.expectations() + ":"
                        + String.join("", missed);
    }

    /**
     * Writes the table as text and as JSON.
     *
     * @param directory where to; made if it is not there
     */
    public void write(Path directory) {
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve(TEXT), text());
            Files.write(directory.resolve(JSON), MAPPER.writeValueAsBytes(json()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the self-check to " + directory, e);
        }
    }

    private static Map<String, String> json(Notice notice) {
        var row = new LinkedHashMap<String, String>();
        row.put("expectation", notice.expectation());
        row.put("text", notice.text());
        return row;
    }

    private Map<String, Object> json() {
        var root = new LinkedHashMap<String, Object>();
        root.put("scenario", result.scenario());
        root.put("expectations", result.expectations());
        root.put("seeds", result.seeds());
        root.put("alarms", result.alarms());
        root.put("seconds", result.took().toSeconds());
        var rows = new ArrayList<Map<String, Object>>();
        for (var finding : result.findings()) {
            var row = new LinkedHashMap<String, Object>();
            row.put("defect", finding.defect().label());
            row.put("group", finding.defect().group().label());
            row.put("load", finding.defect().load().label());
            row.put("seed", finding.seed());
            row.put("nodes", finding.nodes());
            row.put("outcome", finding.outcome().name().toLowerCase(Locale.ROOT));
            row.put(
                    "notices",
                    finding.notices().stream().map(SelfCheckReport::json).toList());
            rows.add(row);
        }
        root.put("findings", rows);
        return root;
    }
}
