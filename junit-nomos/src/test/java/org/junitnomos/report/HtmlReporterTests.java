package org.junitnomos.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.report.HostileRun.HOSTILE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.runner.RunResult;
import org.junitnomos.runner.ScenarioRunner;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.settings.RunSettings;
import org.junitnomos.testkit.DeclaredBackends;

@ExtendWith(DeclaredBackends.class)
class HtmlReporterTests {
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" class=\"data\">(.*?)</script>");

    @TempDir
    Path root;

    private Path directory;

    @BeforeEach
    void makeTheDirectoryOfARun() throws IOException {
        directory = Files.createDirectories(root.resolve("steady/1"));
    }

    private RunResult write(RunSettings settings) throws IOException {
        var result = HostileRun.result(settings, directory);
        var listener = new HtmlReporter().open(result.info());
        listener.closing(result, HostileRun.journal());
        listener.ended(result, HostileRun.journal());
        return result;
    }

    private String page() throws IOException {
        return Files.readString(directory.resolve("report.html"));
    }

    private static List<JsonNode> data(String page) throws IOException {
        var found = new ArrayList<JsonNode>();
        for (var data = DATA.matcher(page); data.find(); ) {
            found.add(new ObjectMapper().readTree(data.group(1)));
        }
        return found;
    }

    @Test
    void nothingInTheDataCanEndItsElementOrBreakItsEncoding() throws IOException {
        var text = new StringWriter();
        ScriptJson.write(text, Map.of("a<!--", PageTexts.visible(HOSTILE)));

        assertThat(text.toString()).matches("[ -~]+").doesNotContain("<", ">", "&", "'");
        assertThat(new ObjectMapper().readTree(text.toString()).get("a<!--").asText())
                .isEqualTo(HOSTILE.replace("\u2028", "\\u2028")
                        .replace("\u202e", "\\u202e")
                        .replace('\ud800', '\ufffd'));
    }

    @Test
    void aPageHasTheElementsOfItsTemplateAndNoOthers() throws IOException {
        write(RunSettings.defaults());

        assertThat(page().split("<script", -1)).as("parts between scripts").hasSize(3);
        assertThat(page())
                .doesNotContain(
                        "<img", "https://", "innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(");
    }

    @Test
    void thePolicyAllowsTheScriptOfThePageByItsHashAndNothingElse() throws Exception {
        write(RunSettings.defaults());
        var script = page().substring(page().indexOf("<script>") + 8, page().indexOf("</script>"));
        var hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8)));

        assertThat(page())
                .contains("content=\"default-src 'none'; base-uri 'none'; form-action 'none'; script-src 'sha256-"
                        + hash + "'; style-src 'sha256-");
    }

    @Test
    void marksWhatAFailureSpeaksOfOnTheTimeline() throws IOException {
        write(RunSettings.defaults());
        var failed = data(page()).get(0).get("expectations").get(0);

        assertThat(failed.get("marks").findValuesAsText("label"))
                .containsExactly("block abababab…abab", "slot 1 to slot 3", "transaction 11111111…1111");
        assertThat(failed.get("marks").get(0).get("from").asLong()).isEqualTo(3000);
        assertThat(failed.get("nodes").toString()).isEqualTo("[1,2]");
        assertThat(failed.get("odds").asText()).isEqualTo("1,000");
        assertThat(failed.get("bound").asText()).isEqualTo("fewer than 7 once in 1,000 runs");
    }

    @Test
    void showsForksReorgsAndLogLinesWithTheirTimes() throws IOException {
        write(RunSettings.defaults());
        var data = data(page()).get(0);

        assertThat(data.get("blocks").get("branch").toString()).isEqualTo("[0,1]");
        assertThat(data.get("nodes").get(1).get("tips").get("reorg").toString()).isEqualTo("[0,1]");
        assertThat(data.get("logs").get(0).get("rows").get(0).get(1).asLong()).isEqualTo(4000);
        assertThat(data.get("logs").get(0).get("rows").get(1).get(2).asText()).isEqualTo("colored");
        assertThat(data.get("transactions").get("refusals").get(0).get(0).asInt())
                .isEqualTo(1);
    }

    @Test
    void listsEveryRunInTheIndexBesideTheOthers() throws IOException {
        write(RunSettings.defaults());
        write(RunSettings.defaults());
        var index = Files.readString(root.resolve("index.html"));

        assertThat(data(index)).hasSize(2);
        assertThat(data(index).get(1).get("path").asText()).isEqualTo("steady/1");
        assertThat(data(index).get(1).get("page").asText()).isEqualTo("report.html");
        assertThat(index).doesNotContain("<img");
    }

    @Test
    void aPointOfASweepIsOnThePageOfTheSweep() throws IOException {
        var result = HostileRun.result(
                RunSettings.defaults(), directory, "Steady#survives -Dnomos.sweep=validators=4,layout=star");
        new HtmlReporter().open(result.info()).ended(result, HostileRun.journal());
        var sweep = data(Files.readString(root.resolve("Steady.survives.sweep.html")))
                .get(0);

        assertThat(sweep.get("point").asText()).isEqualTo("validators=4,layout=star");
        assertThat(sweep.get("expectations").get(1).toString()).isEqualTo("[\"safety\",\"PASSED\"]");
    }

    @Test
    void theIndexOfAnotherVersionKeepsItsRunsAndLosesHalfLines() throws IOException {
        var old = "<!doctype html>old\n<script type=\"application/json\" class=\"data\">{\"session\":\"s\"}</script>\n"
                + "<script type=\"application/json\" class=\"data\">{\"sess";
        Files.writeString(root.resolve("index.html"), old);
        write(RunSettings.defaults());
        var index = Files.readString(root.resolve("index.html"));

        assertThat(index).doesNotContain("<!doctype html>old");
        assertThat(data(index)).hasSize(2);
        assertThat(data(index).get(0).get("session").asText()).isEqualTo("s");
    }

    @Test
    void whatCannotBeWrittenHarmsNeitherTheRunNorWhatElseIsWritten() throws IOException {
        Files.createDirectories(directory.resolve("report.html.draft/in the way"));
        write(RunSettings.defaults());

        assertThat(directory.resolve("report.html")).doesNotExist();
        assertThat(data(Files.readString(root.resolve("index.html")))
                        .get(0)
                        .get("page")
                        .asText())
                .isEqualTo("report.json");
    }

    @Test
    void leavesNoDraftBehindWhenThePageFails() throws IOException {
        Files.createDirectories(directory.resolve("report.html/in the way"));
        write(RunSettings.defaults());

        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("nodes", "report.html");
    }

    @Test
    void writesNoPageOfARunThatTheSettingLeavesOut() throws IOException {
        write(settings(Map.of("nomos.report.html", "never")));
        assertThat(directory.resolve("report.html")).doesNotExist();

        write(settings(Map.of("nomos.report.html", "failed")));
        assertThat(directory.resolve("report.html")).exists();
    }

    @Test
    void runsWithoutATestLeaveAPageOnlyIfTheyDidNotPass() throws IOException {
        var settings = RunSettings.defaults().withDirectory(root.resolve("nomos"));
        var plan = Scenario.builder().validators(1).backend("embedded").runFor(Duration.ofSeconds(10));
        var passed = ScenarioRunner.run(plan.name("passes").build(), settings);
        var failed = ScenarioRunner.run(plan.name("fails").build(), settings, run -> {
            throw new AssertionError("no");
        });

        assertThat(passed.directory().resolve("report.html")).doesNotExist();
        assertThat(failed.directory().resolve("report.html")).exists();
        assertThat(data(Files.readString(root.resolve("nomos/index.html")))
                        .get(0)
                        .get("page")
                        .asText())
                .isEqualTo("report.json");
    }

    @Test
    void saysAtWhichEventAReplayDiffersFirst() throws IOException {
        var settings =
                settings(Map.of("nomos.report.html", "always")).withSeed(5L).withDirectory(root.resolve("nomos"));
        var plan = Scenario.builder()
                .name("again")
                .validators(1)
                .runFor(Duration.ofSeconds(10))
                .build();
        var original = ScenarioRunner.run(plan, settings);
        var same = ScenarioRunner.run(plan, settings);
        var other = ScenarioRunner.run(plan, settings, run -> {
            run.clock().sleep(Duration.ofMillis(4500));
            run.note("the test", "does something else");
        });

        assertThat(compared(original).isNull()).isTrue();
        assertThat(compared(same).get("same").asInt()).isPositive();
        assertThat(compared(same).get("original").asText())
                .isEqualTo(original.directory().toAbsolutePath().toString());
        assertThat(compared(other).get("second").asText())
                .isEqualTo("Note[at=4500000000, author=the test, text=does something else]");
        assertThat(compared(other).get("at").asLong()).isEqualTo(4500);
    }

    private JsonNode compared(RunResult run) throws IOException {
        return data(Files.readString(run.directory().resolve("report.html")))
                .get(0)
                .get("compare");
    }

    @Test
    void aStepOfGitHubHasASummaryWithoutMarkupOfOthers() throws IOException {
        Path summary = root.resolve("summary.md");
        StepSummary.add(summary, HostileRun.result(RunSettings.defaults(), directory));

        assertThat(Files.readString(summary))
                .startsWith("- **FAILED** steady &#60;/script&#62;")
                .contains("\n  - test: ", "&#45;Dnomos&#46;seed&#61;4711</code>\n")
                .doesNotContain("<script", "<img", "${");
    }

    private static RunSettings settings(Map<String, String> values) {
        return RunSettings.read(name -> Optional.ofNullable(values.get(name)), List.of());
    }

    @Test
    void thinsEvenlyKeepsWhatMustStayAndSaysSo() {
        var all = new ArrayList<Integer>();
        for (int i = 0; i < 1000; i++) {
            all.add(i);
        }
        var thinning = new Thinning();
        var kept = thinning.of("numbers", all, 100, number -> number >= 990);

        assertThat(kept)
                .hasSize(100)
                .endsWith(990, 991, 992, 993, 994, 995, 996, 997, 998, 999)
                .isSorted();
        assertThat(kept.get(45)).isBetween(450, 550);
        assertThat(thinning.notes()).containsExactly("100 of 1,000 numbers are shown");
        assertThat(new Thinning().of("numbers", all, 1000, number -> false)).isSameAs(all);
    }

    @Test
    void findsNamesAsWholeWordsOnly() {
        assertThat(WordSearch.in("of validator-10, validator-1.", "validator-1"))
                .isTrue();
        assertThat(WordSearch.in("of validator-10", "validator-1")).isFalse();
        assertThat(WordSearch.in("anything", "")).isFalse();
    }
}
