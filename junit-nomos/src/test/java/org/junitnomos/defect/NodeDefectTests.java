package org.junitnomos.defect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitnomos.topology.NodeRole;

/** The catalogue of defects, and its page. */
class NodeDefectTests {
    private static final Path PAGE = Path.of("..", "docs", "defects.md");

    @Test
    void everyDefectHasItsRowOnThePageAndNothingElseHasOne() throws IOException {
        var rows = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(
                        Stream.of(NodeDefect.values()).map(NodeDefectTests::row).toList());
    }

    private static String row(NodeDefect defect) {
        return "| `" + defect.label() + "` | " + defect.group().label() + " | " + defect.sentence() + " | "
                + defect.load().label() + " | " + defect.scope().label() + " | " + (defect.isVisible() ? "yes" : "no")
                + " |";
    }

    @ParameterizedTest
    @EnumSource
    void everyGroupHasAtLeastFourDefects(DefectGroup group) {
        assertThat(NodeDefect.values())
                .filteredOn(defect -> defect.group() == group)
                .hasSizeGreaterThanOrEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource
    void isFoundByItsName(NodeDefect defect) {
        assertThat(NodeDefect.of(defect.label())).contains(defect);
        assertThat(defect.label()).matches("[a-z]+(-[a-z]+)*").isEqualTo(defect.toString());
        assertThat(defect.sentence()).matches("[A-Z].*[a-z0-9]\\.");
    }

    @Test
    void isNotFoundByAnotherName() {
        assertThat(NodeDefect.of("NEVER_LEADS")).isEmpty();
    }

    @Test
    void fitsTheRolesThatHaveWhatItIsAbout() {
        assertThat(DefectScope.EXECUTOR.fits(NodeRole.VALIDATOR)).isFalse();
        assertThat(DefectScope.EXECUTOR.fits(NodeRole.EXECUTOR)).isTrue();
        assertThat(DefectScope.VALIDATOR.fits(NodeRole.EXECUTOR)).isFalse();
        assertThat(DefectScope.ALL.fits(NodeRole.EXECUTOR)).isTrue();
    }
}
