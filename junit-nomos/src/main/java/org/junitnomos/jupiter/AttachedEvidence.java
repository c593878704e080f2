package org.junitnomos.jupiter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.MediaType;
import org.junit.platform.commons.JUnitException;
import org.junitnomos.journal.Verdict;
import org.junitnomos.runner.EvidenceZip;
import org.junitnomos.runner.RunResult;
import org.slf4j.LoggerFactory;

/** Attaches the files of a run to its test: journal and report always, logs of nodes if the run did not pass. */
final class AttachedEvidence {
    private static final String NODES = "nodes";
    private static final String THREADS = "timeout-threads.txt";

    private AttachedEvidence() {}

    /** Attaches what there is; a launcher that takes no files is no failure, the directory of the run has them all. */
    static void publish(ExtensionContext context, RunResult result) {
        var directory = result.directory();
        if (directory == null) {
            return;
        }
        context.publishReportEntry(entries(result, directory));
        try {
            for (var name : List.of(RunResult.JOURNAL, RunResult.REPORT, RunResult.PAGE, THREADS)) {
                publishFile(context, directory.resolve(name));
            }
            var nodes = directory.resolve(NODES);
            if (result.verdict() != Verdict.PASSED && Files.isDirectory(nodes)) {
                context.publishDirectory(NODES, target -> copyFiles(nodes, target));
            }
        } catch (JUnitException e) {
            LoggerFactory.getLogger(AttachedEvidence.class)
                    .debug("Evidence stays in {}: {}", directory, e.getMessage());
        }
    }

    /** Writes what every thread does, before JUnit interrupts a test that takes too long. */
    static void writeThreads(Thread interrupted, Path directory) {
        var text = new StringBuilder("JUnit interrupts thread '" + interrupted.getName() + "' after its timeout.\n");
        for (var entry : Thread.getAllStackTraces().entrySet()) {
            text.append("\n'").append(entry.getKey().getName()).append("' ");
            text.append(entry.getKey().getState()).append('\n');
            for (var frame : entry.getValue()) {
                text.append("    at ").append(frame).append('\n');
            }
        }
        try {
            Files.writeString(directory.resolve(THREADS), text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            LoggerFactory.getLogger(AttachedEvidence.class)
                    .warn("Cannot write the threads of a timeout to {}", directory, e);
        }
    }

    private static Map<String, String> entries(RunResult result, Path directory) {
        var entries = new LinkedHashMap<String, String>();
        entries.put("nomos.seed", Long.toString(result.info().seed()));
        entries.put("nomos.verdict", result.verdict().name());
        entries.put("nomos.replay", result.info().replayCommand(directory));
        entries.put("nomos.directory", directory.toString());
        var page = directory.resolve(RunResult.PAGE);
        if (Files.isRegularFile(page)) {
            entries.put("nomos.report", page.toString());
        }
        var zip = EvidenceZip.of(directory);
        if (Files.isRegularFile(zip)) {
            entries.put("nomos.zip", zip.toString());
        }
        return entries;
    }

    @SuppressWarnings("deprecation") // JUnit 5.13 has this type alone
    private static void publishFile(ExtensionContext context, Path file) {
        if (Files.isRegularFile(file)) {
            var name = Optional.ofNullable(file.getFileName()).orElse(file).toString();
            var type = name.endsWith(".json")
                    ? MediaType.APPLICATION_JSON
                    : name.endsWith(".html") ? MediaType.parse("text/html; charset=UTF-8") : MediaType.TEXT_PLAIN_UTF_8;
            context.publishFile(name, type, target -> Files.copy(file, target));
        }
    }

    private static void copyFiles(Path from, Path to) {
        try (var files = Files.walk(from)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                var target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(Optional.ofNullable(target.getParent()).orElse(to));
                Files.copy(file, target);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy " + from, e);
        }
    }
}
