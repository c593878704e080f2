package org.junitnomos.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junitnomos.chaos.PartitionFault;
import org.junitnomos.chaos.PartitionShape;
import org.junitnomos.chaos.RandomRestartsFault;
import org.junitnomos.chaos.Schedule;
import org.junitnomos.defect.DefectGroup;
import org.junitnomos.defect.NodeDefect;
import org.junitnomos.expectation.Healthy;
import org.junitnomos.report.SelfCheckReport;
import org.junitnomos.runner.DefectFinding;
import org.junitnomos.runner.DefectFinding.Outcome;
import org.junitnomos.runner.SelfCheckResult;
import org.junitnomos.runner.SelfCheckRun;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioBuilder;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.workload.DataAvailabilityWorkload;
import org.junitnomos.workload.HostileTransactionsWorkload;
import org.junitnomos.workload.TransactionWorkload;

/**
 * What {@code @ExpectHealthy} notices of the catalogue of defects, in five scenarios, is no less than docs/self-check.md
 * says.
 */
class SelfCheckTests {
    private static final Path PAGE = Path.of("..", "docs", "self-check.md");

    /** How many seeds each defect is run with: 1, or {@code -Dselfcheck.seeds=5} for the whole table. */
    private static final int SEEDS = Integer.getInteger("selfcheck.seeds", 1);

    /** Which scenarios: two, or {@code -Dselfcheck.scenarios=steady,restarts,partition,blobs,star} for all. */
    private static final List<String> SCENARIOS =
            List.of(System.getProperty("selfcheck.scenarios", "steady,blobs").split(","));

    /** Whether the table of the page is written anew: {@code -Dselfcheck.update=true}. */
    private static final boolean UPDATE = Boolean.getBoolean("selfcheck.update");

    /** Which defects: one of each group, or {@code -Dselfcheck.defects=all}, or a list as {@code clock-ahead,dies}. */
    private static final List<NodeDefect> DEFECTS = defects(System.getProperty("selfcheck.defects", ""));

    @TempDir
    Path directory;

    private static List<NodeDefect> defects(String wanted) {
        var groups = EnumSet.noneOf(DefectGroup.class);
        return Stream.of(NodeDefect.values())
                .filter(defect -> switch (wanted) {
                    case "" -> defect.isVisible() && groups.add(defect.group());
                    case "all" -> true;
                    default -> List.of(wanted.split(",")).contains(defect.label());
                })
                .toList();
    }

    private static ScenarioBuilder nodes(String name) {
        return Scenario.builder()
                .name(name)
                .validators(3)
                .executors(1)
                .layout(NetworkLayout.FULL)
                .securityParameter(20)
                .wallets(20)
                .workload(new TransactionWorkload(3, 20))
                .workload(new HostileTransactionsWorkload())
                .expect(new Healthy())
                .runFor(Duration.ofMinutes(2));
    }

    static Stream<Scenario> battery() {
        return Stream.of(
                        nodes("steady"),
                        nodes("restarts")
                                .workload(new RandomRestartsFault(
                                        Duration.ofSeconds(15), Duration.ofSeconds(40), Duration.ofSeconds(30))),
                        nodes("partition")
                                .workload(new PartitionFault(
                                        PartitionShape.ONE_NODE,
                                        new Schedule(Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ZERO))),
                        nodes("blobs")
                                .workload(DataAvailabilityWorkload.builder()
                                        .blobRate(1)
                                        .build()),
                        nodes("star").layout(NetworkLayout.STAR))
                .map(ScenarioBuilder::build)
                .filter(scenario -> SCENARIOS.contains(scenario.name()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("battery")
    @Timeout(7200)
    void noticesWhatThePageSays(Scenario scenario) throws Exception {
        var seeds = LongStream.rangeClosed(1, SEEDS).boxed().toList();
        var result = new SelfCheckRun(scenario, Runs.settings(directory, 1), DEFECTS, seeds).run();
        new SelfCheckReport(result).write(Path.of("target", "self-check", scenario.name()));

        assertThat(result.alarms()).isEmpty();
        if (UPDATE) {
            update(scenario.name(), result);
        }
        var cells = cells(result);
        assertThat(table().get(scenario.name())).isNotEmpty().allSatisfy((defect, cell) -> {
            if (isOnEverySeed(cell) && cells.containsKey(defect)) {
                assertThat(cells.get(defect)).as(defect).matches("\\d+/\\d+ .*").doesNotStartWith("0/");
            }
        });
    }

    /** What every seed notices, one seed does. */
    private static boolean isOnEverySeed(String cell) {
        return cell.matches("(\\d+)/\\1 .*");
    }

    private static Map<String, String> cells(SelfCheckResult result) {
        var byDefect = new TreeMap<String, List<DefectFinding>>();
        result.findings()
                .forEach(finding -> byDefect.computeIfAbsent(finding.defect().label(), defect -> new ArrayList<>())
                        .add(finding));
        var cells = new TreeMap<String, String>();
        byDefect.forEach((defect, findings) -> cells.put(defect, cell(findings)));
        return cells;
    }

    private static String cell(List<DefectFinding> findings) {
        long noticed = findings.stream()
                .filter(each -> each.outcome() == Outcome.NOTICED)
                .count();
        if (noticed == 0) {
            return findings.stream().anyMatch(each -> each.outcome() == Outcome.MISSED)
                    ? "**missed**"
                    : findings.get(0).outcome() == Outcome.INVISIBLE ? "not to be seen" : "";
        }
        var names = new LinkedHashSet<String>();
        findings.forEach(finding -> finding.notices().forEach(notice -> names.add(notice.expectation())));
        long touched = findings.stream()
                .filter(each -> each.outcome() != Outcome.UNTOUCHED)
                .count();
        return noticed + "/" + touched + " " + String.join(", ", names);
    }

    /** Reads the table of the page: by scenario, then by defect. */
    private static Map<String, Map<String, String>> table() throws IOException {
        var table = new TreeMap<String, Map<String, String>>();
        List<String> scenarios = List.of();
        for (var line : Files.readAllLines(PAGE)) {
            var row = row(line);
            if (line.startsWith("| defect |")) {
                scenarios = row.subList(1, row.size());
            } else if (line.startsWith("| `") && row.size() == scenarios.size() + 1) {
                for (int i = 0; i < scenarios.size(); i++) {
                    table.computeIfAbsent(scenarios.get(i), scenario -> new TreeMap<>())
                            .put(row.get(0).replace("`", ""), row.get(i + 1));
                }
            }
        }
        return table;
    }

    private static List<String> row(String line) {
        var cells = new ArrayList<String>();
        for (var cell : line.replaceAll("^\\|", "").split("\\|")) {
            cells.add(cell.strip());
        }
        return cells;
    }

    private static void update(String scenario, SelfCheckResult result) throws IOException {
        var cells = cells(result);
        var lines = new ArrayList<String>();
        int column = 0;
        for (var line : Files.readAllLines(PAGE)) {
            var row = row(line);
            if (line.startsWith("| defect |")) {
                column = row.indexOf(scenario);
            } else if (column > 0 && line.startsWith("| `") && row.size() > column) {
                row.set(column, cells.getOrDefault(row.get(0).replace("`", ""), row.get(column)));
                line = "| " + String.join(" | ", row) + " |";
            }
            lines.add(line);
        }
        Files.writeString(PAGE, String.join("\n", lines) + "\n");
    }
}
