package org.junitnomos.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.Verdict;
import org.junitnomos.runner.RunResult;

/** Adds what became of a run to the summary of a step of GitHub Actions: a line, and more if it did not pass. */
final class StepSummary {
    /** GitHub refuses a summary of more than 1 MiB. */
    private static final long LARGEST = 900_000;

    private static final String MARKUP = "\\`*_{}[]()#+-.!|~@&<>\"'$^=:";
    private static final int LONGEST = 3_000;

    private StepSummary() {}

    static void add(Path file, RunResult result) throws IOException {
        if (!Files.exists(file) || Files.size(file) < LARGEST) {
            Files.writeString(
                    file, of(result), StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    static String of(RunResult result) {
        var text = new StringBuilder("- **" + result.verdict() + "** "
                + escaped(result.info().scenario().name()) + ", seed "
                + result.info().seed() + "\n");
        if (result.verdict() != Verdict.PASSED) {
            for (var problem : RunEntry.problems(result)) {
                text.append("  - ").append(escaped(problem.get(0))).append(": ");
                text.append(escaped(problem.get(1))).append('\n');
            }
            Path directory = result.directory();
            text.append("  - replay: <code>")
                    .append(escaped(result.info().replayCommand(directory)))
                    .append("</code>\n");
            if (directory != null) {
                text.append("  - report: <code>")
                        .append(escaped(directory.resolve(RunResult.PAGE).toString()))
                        .append("</code>\n");
            }
        }
        return text.toString();
    }

    /** Nothing in the text is markup: neither of Markdown nor of HTML, and no line begins in it. */
    static String escaped(@Nullable String text) {
        var escaped = new StringBuilder();
        for (char c : PageTexts.shortened(PageTexts.visible(String.valueOf(text)), LONGEST)
                .toCharArray()) {
            if (MARKUP.indexOf(c) >= 0) {
                escaped.append("&#").append((int) c).append(';');
            } else {
                escaped.append(c < ' ' ? ' ' : c);
            }
        }
        return escaped.toString();
    }
}
