package org.junitnomos.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitnomos.runner.ScenarioRunner;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.settings.RunSettings;
import org.junitnomos.testkit.Chromium;
import org.junitnomos.testkit.DeclaredBackends;
import org.junitnomos.testkit.NeedsChromium;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.workload.TransactionWorkload;

/** The pages of runs in a browser: one of seven nodes over ten minutes, and one that attacks its reader. */
@NeedsChromium
@ExtendWith(DeclaredBackends.class)
class ReportInBrowserTests {
    private static final Path PICTURES = Path.of("target", "report-pictures");
    private static final int WIDTH = 1300;
    private static final int HEIGHT = 2400;

    @TempDir
    static Path root;

    private static Chromium browser;
    private static Path hostile;
    private static Path seven;

    @BeforeAll
    static void makeRuns() throws IOException {
        browser = Chromium.start(Files.createDirectories(root.resolve("profile")));
        var settings = RunSettings.defaults().withSeed(4711L).withDirectory(root.resolve("nomos"));
        var directory = Files.createDirectories(root.resolve("nomos/hostile/1"));
        var result = HostileRun.result(settings, directory);
        var listener = new HtmlReporter().open(result.info());
        listener.closing(result, HostileRun.journal());
        listener.ended(result, HostileRun.journal());
        hostile = directory.resolve("report.html");
        for (var point : List.of("validators=1,layout=star", "validators=1,layout=full", "validators=4,layout=star")) {
            var swept = HostileRun.result(settings, directory, "Steady#survives -Dnomos.sweep=" + point);
            new HtmlReporter().open(swept.info()).ended(swept, HostileRun.journal());
        }
        seven = ScenarioRunner.run(sevenNodes(), settings).directory().resolve("report.html");
    }

    private static Scenario sevenNodes() {
        return Scenario.builder()
                .name("seven nodes")
                .validators(5)
                .executors(2)
                .layout(NetworkLayout.FULL)
                .wallets(30)
                .runFor(Duration.ofMinutes(10))
                .workload(new TransactionWorkload(3, 0))
                .expect(Expectation.that("a wish", run -> {
                    var block = run.feed().chain().get(40);
                    throw new AssertionError("validator-3 should have done something about block "
                            + block.id().toHex() + " and validator-1 from slot 60 to slot 80");
                }))
                .build();
    }

    @AfterAll
    static void closeTheBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    private static void open(Path page, boolean dark) {
        browser.open(page, WIDTH, HEIGHT, dark);
        assertThat(browser.evaluate("document.documentElement.dataset.ready").asText())
                .as("the script of %s came to its end; problems: %s", page, browser.problems())
                .isEqualTo("yes");
    }

    /** What a person without sight, mouse or patience would run into: findings of axe that are serious. */
    private static List<String> barriers() throws IOException {
        try (var script = ReportInBrowserTests.class.getResourceAsStream("/axe.min.js")) {
            browser.evaluate(new String(script.readAllBytes(), StandardCharsets.UTF_8) + ";0");
        }
        var found = browser.evaluate("axe.run(document, {resultTypes: ['violations']}).then(all => all.violations"
                + ".filter(each => ['serious', 'critical'].includes(each.impact))"
                + ".map(each => each.id + ': ' + each.nodes.slice(0, 3)"
                + ".map(node => node.html + ' ' + node.failureSummary)))");
        var barriers = new ArrayList<String>();
        found.forEach(each -> barriers.add(each.asText()));
        return barriers;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingOfANodeOrATestRuns(boolean dark) throws IOException {
        open(hostile, dark);
        // Everything that unfolds, and everything that a click shows.
        browser.evaluate("document.querySelectorAll('details').forEach(each => each.open = true);"
                + "Run.marks.forEach(showMark); choose({at: 3000, node: 0, fault: Run.data.faults[0]}); 0");
        browser.picture(PICTURES.resolve(dark ? "hostile-dark.png" : "hostile-light.png"));

        assertThat(browser.evaluate("typeof window.hacked").asText()).isEqualTo("undefined");
        assertThat(browser.evaluate(
                                "document.querySelectorAll('img, iframe, object, embed, [onload], [onerror]').length")
                        .asInt())
                .isZero();
        assertThat(browser.evaluate("document.scripts.length").asInt()).isEqualTo(2);
        assertThat(browser.evaluate("document.body.innerText.includes('<img src=x onerror=')")
                        .asBoolean())
                .as("it is shown as what it is")
                .isTrue();
        assertThat(browser.problems()).isEmpty();
        assertThat(barriers()).isEmpty();
    }

    @Test
    void theVerdictNamesTheFaultsOfItsEvidenceAndWhatDiffers() {
        open(hostile, false);

        // The texts speak of 3 s and of slot 1 to 3; the fault was there from 5 to 7 s.
        assertThat(browser.evaluate("[...document.querySelectorAll('.card dt')].map(each => each.innerText).join()")
                        .asText())
                .contains("faults then");
        assertThat(browser.evaluate("document.querySelector('.card button.fault').innerText")
                        .asText())
                .startsWith("cut ")
                .endsWith(", 5.000 s to 7.000 s");
        assertThat(browser.evaluate("(() => { const kept = Run.marks, fault = Run.data.faults[0];"
                                + " const when = at => { Run.marks = [{ what: 'x', from: at, to: at }];"
                                + " return faultsAround('x', fault.nodes)[0]; };"
                                + " const all = [when(1e7), when(0), when(fault.requested)].join();"
                                + " Run.marks = kept; return all; })()")
                        .asText())
                .as("a fault that came later is not said to be before")
                .isEqualTo("faults before,faults after,faults then");
        assertThat(browser.evaluate("differing({ text: 'not as it should be', expected: 'a: 1\\nb: 2\\nc: 1',"
                                + " actual: 'a: 1\\nb: 3\\nc: 4' })")
                        .toString())
                .isEqualTo("[\"b: 2\\nc: 1\",\"b: 3\\nc: 4\"]");
        assertThat(browser.evaluate("differing({ text: 'x\\nb: 3', expected: 'b: 2', actual: 'b: 3' })")
                        .toString())
                .isEqualTo("[\"b: 2\",\"\"]");
    }

    @Test
    void idsAreShortAndLeadToTheirEvidence() {
        open(seven, false);
        browser.evaluate("document.querySelector('.card button.id').click(); 0");

        assertThat(browser.evaluate("document.querySelector('.finding').innerText.match(/[0-9a-f]{64}/) === null")
                        .asBoolean())
                .isTrue();
        assertThat(browser.evaluate("byId('around').innerText").asText()).contains("Evidence 1: block");
        assertThat(browser.evaluate("[...document.querySelectorAll('#around .lines')].every(list => {"
                                + " const line = list.querySelector('.moment');"
                                + " return line.offsetTop >= list.scrollTop"
                                + " && line.offsetTop <= list.scrollTop + list.clientHeight; })")
                        .asBoolean())
                .as("the moment is in view in both lists")
                .isTrue();
    }

    @Test
    void scriptThatGotIntoThePageAllTheSameWouldNotRun() {
        open(hostile, false);
        browser.evaluate("const s = document.createElement('script'); s.textContent = 'window.hacked = 1';"
                + "document.body.append(s); const i = document.createElement('div');"
                + "i.innerHTML = '<img src=x onerror=\"window.hacked = 1\">'; document.body.append(i); 0");

        assertThat(browser.evaluate("new Promise(done => setTimeout(() => done(typeof window.hacked), 200))")
                        .asText())
                .isEqualTo("undefined");
        assertThat(browser.problems()).anyMatch(problem -> problem.contains("Content Security Policy"));
    }

    @Test
    void theCheckFindsABarrier() throws IOException {
        open(hostile, false);
        browser.evaluate("document.body.append(document.createElement('button')); 0");

        assertThat(barriers()).singleElement().asString().startsWith("button-name: <button></button>");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everybodyCanReadTenMinutesOfSevenNodes(boolean dark) throws IOException {
        open(seven, dark);
        browser.evaluate("Run.marks.forEach(showMark); 0");
        browser.picture(PICTURES.resolve(dark ? "seven-nodes-dark.png" : "seven-nodes-light.png"));

        assertThat(browser.problems()).isEmpty();
        assertThat(barriers()).isEmpty();
    }

    @Test
    void tenMinutesOfSevenNodesAreSmallAndOpenAtOnce() throws IOException {
        open(seven, false);

        assertThat(Files.size(seven)).isLessThan(5_000_000);
        double millis = browser.evaluate(
                        "performance.timing.domContentLoadedEventEnd - performance.timing.navigationStart")
                .asDouble();
        assertThat(millis).as("milliseconds until the page is there").isLessThan(2_000);
    }

    @Test
    void keysMoveZoomAndGoFromEvidenceToEvidence() {
        open(seven, false);
        browser.evaluate("byId('drawing').focus(); 0");
        browser.press("+");
        double zoomed = width();
        browser.press("ArrowRight");
        double moved = browser.evaluate("View.from").asDouble();
        browser.press("n");

        assertThat(zoomed).isLessThan(browser.evaluate("Run.end").asDouble() * 0.7);
        assertThat(moved).isPositive();
        assertThat(browser.evaluate("byId('around').innerText").asText())
                .contains("Evidence 1: block", "a wish", "Logs of the nodes", "Journal");
        browser.press("n");
        assertThat(browser.evaluate("byId('around').innerText").asText()).contains("Evidence 2: slot 60 to slot 80");
        browser.press("0");
        assertThat(width()).isEqualTo(browser.evaluate("Run.end").asDouble());
    }

    private static double width() {
        return browser.evaluate("View.to - View.from").asDouble();
    }

    @Test
    void lanesOutOfViewAreScrolledToByKeyAndByChoice() {
        open(seven, false);
        browser.evaluate("byId('lanes').style.maxHeight = '60px'; byId('drawing').focus(); 0");
        browser.press("ArrowDown");
        double byKey = browser.evaluate("byId('lanes').scrollTop").asDouble();
        browser.evaluate("choose({ at: 60000, node: 6 }); 0");

        assertThat(byKey).isPositive();
        assertThat(browser.evaluate("byId('lanes').scrollTop").asDouble()).isGreaterThan(byKey);
    }

    @Test
    void aClickOnABlockShowsItsFactsWithLogsAndJournalAroundIt() {
        open(seven, false);
        browser.evaluate("window.scrollTo(0, 0); View.focus(60000, 70000); 0");
        var place = browser.evaluate(
                "(() => { const box = Timeline.lanes.getBoundingClientRect(), tips = Run.nodes[3].tips,"
                        + " i = lastUpTo(tips.at, 65000); return [box.left + scale(box.width)(tips.at[i]),"
                        + " box.top + 3.5 *"
                        + " Timeline.laneHeight, Run.data.blocks.height[tips.block[i]]]; })()");
        browser.click(place.get(0).asDouble(), place.get(1).asDouble());

        assertThat(browser.evaluate("byId('around').innerText").asText())
                .contains("Block at height " + place.get(2).asInt() + " on validator-3", "made by", "Proposed block");
    }

    @Test
    void thePageOfASweepShowsEveryPoint() throws IOException {
        open(root.resolve("nomos/Steady.survives.sweep.html"), true);
        browser.picture(PICTURES.resolve("sweep.png"));

        assertThat(browser.evaluate("document.querySelectorAll('tbody')[0].rows.length")
                        .asInt())
                .isEqualTo(3);
        assertThat(browser.evaluate("document.body.innerText").asText()).contains("layout star", "layout full");
        assertThat(browser.evaluate("typeof window.hacked").asText()).isEqualTo("undefined");
        assertThat(browser.problems()).isEmpty();
        assertThat(barriers()).isEmpty();
    }

    @Test
    void theIndexLeadsToTheRunsAndRunsNothingOfThem() throws IOException {
        open(root.resolve("nomos/index.html"), false);
        browser.picture(PICTURES.resolve("index.png"));

        assertThat(browser.evaluate(
                                "[...document.querySelectorAll('td a')].map(each => each.getAttribute('href')).join()")
                        .asText())
                .contains("hostile/1/report.html", "seven-nodes/1/report.html");
        assertThat(browser.evaluate("typeof window.hacked").asText()).isEqualTo("undefined");
        assertThat(browser.problems()).isEmpty();
        assertThat(barriers()).isEmpty();
    }
}
