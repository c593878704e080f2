package org.junitnomos.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junitnomos.deploy.diagnosis.Colors;
import org.junitnomos.deploy.diagnosis.LogLines;
import org.junitnomos.time.VisibleText;

/** Quotes the end of a node's log in a message. */
final class LogTail {
    private static final int LINES = 20;
    private static final int LONGEST_LINE = 400;

    private LogTail() {}

    /** The end of a log: its last lines, oldest first, and how many there are. */
    private record Tail(Deque<String> last, long count) {}

    /**
     * Writes the last lines, their number and where the whole log is; on lines of its own, without a final line feed.
     */
    static String quote(NodeHandle node) {
        return node.log().map(LogTail::quote).orElseGet(() -> "Node '" + node.name() + "' keeps no log.");
    }

    /** Reads the last lines, oldest first; none if there is no log or it cannot be read. */
    static List<String> lines(NodeHandle node) {
        try {
            var log = node.log();
            return log.isPresent() ? List.copyOf(read(log.get()).last()) : List.of();
        } catch (IOException e) {
            return List.of(); // quote tells
        }
    }

    private static String quote(Path log) {
        Tail tail;
        try {
            tail = read(log);
        } catch (IOException e) {
            return "Its log cannot be read: " + log + " (" + e + ")";
        }
        if (tail.count() == 0) {
            return "Its log is empty: " + log;
        }
        return "Last " + tail.last().size() + " of " + tail.count() + " log lines (all: " + log + "):\n"
                + String.join("\n", tail.last());
    }

    private static Tail read(Path log) throws IOException {
        Deque<String> last = new ArrayDeque<>();
        long count = 0;
        try (var reader = LogLines.open(log)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                count++;
                if (last.size() == LINES) {
                    last.removeFirst();
                }
                String plain = VisibleText.of(Colors.strip(line));
                last.addLast(plain.length() <= LONGEST_LINE ? plain : plain.substring(0, LONGEST_LINE) + "...");
            }
        }
        return new Tail(last, count);
    }
}
