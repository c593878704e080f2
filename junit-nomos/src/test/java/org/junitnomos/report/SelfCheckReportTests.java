package org.junitnomos.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junitnomos.defect.NodeDefect;
import org.junitnomos.runner.DefectFinding;
import org.junitnomos.runner.DefectFinding.Outcome;
import org.junitnomos.runner.SelfCheckResult;

class SelfCheckReportTests {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DEAF_AFTER_A_RESTART | false | ''         | not touched: needs @RandomRestarts",
                "SWITCHES_AT_A_TIE    | true  | executor-0 | not touched by the partition of this run; other seeds may",
                "REFUSES_BLOBS        | false | ''         | not touched: needs @DataAvailability, and one executor",
                "REFUSES_BLOBS        | true  | ''         | not touched: needs one executor",
                "WRONG_BALANCES       | false | validator-0 | not touched: needs an expectation or a test that asks for"
            })
    void saysWhatIsMissingAndNotWhatIsThere(NodeDefect defect, boolean loaded, String node, String text) {
        var nodes = node.isEmpty() ? List.<String>of() : List.of(node);
        var finding = new DefectFinding(defect, 1, nodes, Outcome.UNTOUCHED, false, loaded, List.of(), null);
        var result = new SelfCheckResult(
                "plan", List.of("safety"), List.of(1L), List.of(), List.of(finding), Duration.ofSeconds(2));

        assertThat(new SelfCheckReport(result).text().lines().skip(1))
                .singleElement()
                .asString()
                .contains(text);
    }
}
