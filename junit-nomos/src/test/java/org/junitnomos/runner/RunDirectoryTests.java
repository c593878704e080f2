package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunDirectoryTests {
    @TempDir
    Path root;

    @Test
    void numbersTheRunsOfAScenarioAndPointsToTheLatest() throws IOException {
        RunDirectory.create(root, "steady state");
        var second = RunDirectory.create(root, "steady state");

        assertThat(root.relativize(second)).isEqualTo(Path.of("steady-state", "2"));
        assertThat(second).isEmptyDirectory();
        assertThat(root.resolve("steady-state").resolve("latest")).hasContent("2");
    }

    @Test
    void givesConcurrentRunsDirectoriesOfTheirOwn() {
        var created = new ConcurrentSkipListSet<Path>();

        IntStream.range(0, 40).parallel().forEach(run -> created.add(RunDirectory.create(root, "many")));

        assertThat(created).hasSize(40);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "steady state | steady-state",
                "PaymentTests.transfers() | PaymentTests.transfers",
                "../../etc/passwd | etc-passwd",
                "... | scenario",
                "π | scenario"
            })
    void turnsANameIntoOneSafeDirectory(String name, String slug) {
        assertThat(RunDirectory.slug(name)).isEqualTo(slug);
    }

    @Test
    void testsWithOneNameDoNotShareADirectory() {
        var first = RunDirectory.create(root, "Pay.t()", "a.Pay-Pay.t()", "[class:a.Pay]");
        var other = RunDirectory.create(root, "Pay.t()", "b.Pay-Pay.t()", "[class:b.Pay]");
        var lossy = RunDirectory.create(root, "Pay&t()", "b.Pay-Pay&t()", "[class:b.Pay2]");
        var third = RunDirectory.create(root, "Pay-t()", "b.Pay-Pay-t()", "[class:b.Pay3]");
        var again = RunDirectory.create(root, "Pay.t()", "b.Pay-Pay.t()", "[class:b.Pay]");

        assertThat(List.of(first, other, lossy, third, again))
                .extracting(each -> root.relativize(each).toString())
                .containsExactly("Pay.t/1", "b.Pay-Pay.t/1", "Pay-t/1", "b.Pay-Pay-t/1", "b.Pay-Pay.t/2");
    }

    @Test
    void cutsALongName() {
        assertThat(RunDirectory.slug("x".repeat(300))).hasSize(80);
    }

    @Test
    void copiesTheLogsOfNodesToWhereTheUserWantsThem() throws IOException {
        var run = RunDirectory.create(root, "steady");
        Files.createDirectories(run.resolve("nodes"));
        Files.writeString(run.resolve("nodes").resolve("validator-0.log"), "hello");

        RunDirectory.copyLogs(run, root.resolve("logs"));

        assertThat(root.resolve("logs").resolve("steady-1").resolve("validator-0.log"))
                .hasContent("hello");
    }
}
