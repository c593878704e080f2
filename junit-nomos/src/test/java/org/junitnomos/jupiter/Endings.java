package org.junitnomos.jupiter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalReader;

/** Read what runs left behind, and hold that report and journal of each agree. */
final class Endings {
    private Endings() {}

    /** List how every run below a directory ended: {@code "FAILED, kept"} or {@code "PASSED, dropped"}. */
    static List<String> in(Path root) {
        return reports(root).stream().map(Endings::ending).toList();
    }

    /** Return the only report below a directory. */
    static JsonNode report(Path root) {
        var reports = reports(root);
        if (reports.size() != 1) {
            throw new AssertionError("expected one report but was " + reports);
        }
        return json(reports.get(0));
    }

    private static String ending(Path report) {
        var directory = report.getParent();
        try {
            var events = JournalReader.read(directory.resolve("journal.jsonl")).events();
            var verdict = json(report).get("verdict").textValue();
            if (!(events.get(events.size() - 1) instanceof JournalEvent.RunEnded end)) {
                throw new AssertionError("the journal does not end with the end of the run");
            }
            if (!end.verdict().name().equals(verdict)) {
                throw new AssertionError("report: " + verdict + ", journal: " + end.verdict());
            }
            return verdict + (Files.exists(directory.resolve("nodes")) ? ", kept" : ", dropped");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(Path report) {
        try {
            return new ObjectMapper().readTree(report.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> reports(Path root) {
        try (var files = Files.walk(root)) {
            return files.filter(file -> file.endsWith("report.json")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
