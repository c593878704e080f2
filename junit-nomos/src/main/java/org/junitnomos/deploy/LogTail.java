package org.junitnomos.deploy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** Quotes the end of a node's log in a message. */
final class LogTail {
    private static final int LINES = 20;
    private static final int LONGEST_LINE = 400;

    private LogTail() {}

    /**
     * Write the last lines, their number and where the whole log is; on lines of its own, without a final line feed.
     */
    static String quote(NodeHandle node) {
        return node.log().map(LogTail::quote).orElseGet(() -> "Node '" + node.name() + "' keeps no log.");
    }

    private static String quote(Path log) {
        Deque<String> last = new ArrayDeque<>();
        long count = 0;
        // A decoder of its own, because the one of Files.newBufferedReader gives up on a line that a crash cut in two.
        try (var reader =
                new BufferedReader(new InputStreamReader(Files.newInputStream(log), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                count++;
                if (last.size() == LINES) {
                    last.removeFirst();
                }
                last.addLast(line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "...");
            }
        } catch (IOException e) {
            return "Its log cannot be read: " + log + " (" + e + ")";
        }
        if (count == 0) {
            return "Its log is empty: " + log;
        }
        return "Last " + last.size() + " of " + count + " log lines (all: " + log + "):\n" + String.join("\n", last);
    }
}
