package org.junitnomos.expectation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.diagnosis.Colors;
import org.junitnomos.deploy.diagnosis.LogLines;
import org.junitnomos.scenario.Problems;
import org.junitnomos.time.VisibleText;

/** Reads lines of errors from a log, one at a time. */
final class ErrorLines {
    private static final Pattern TIME = Pattern.compile(
            "^\\[?(\\d{4}-\\d\\d-\\d\\d[T ][0-9:.,]+)(Z|[+-]\\d\\d:?\\d\\d)?" + "|\"timestamp\":\\s*\"([^\"]+?)(Z)?\"");

    private ErrorLines() {}

    /**
     * A line of an error.
     *
     * @param number its number in the file, from 1
     * @param text the line without colors
     * @param time when it was written, or a line before it; null if no line has a time
     */
    record ErrorLine(long number, String text, @Nullable Instant time) {}

    /** Refuses a pattern that is none. */
    static void validate(String pattern, Problems problems) {
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            problems.add(
                    "pattern",
                    '"' + pattern + '"',
                    "a regular expression: " + e.getDescription(),
                    "Correct it near index " + e.getIndex());
        }
    }

    static long count(Path log, Pattern pattern) throws IOException {
        var count = new long[1];
        read(log, pattern, line -> count[0]++);
        return count[0];
    }

    static void read(Path log, Pattern pattern, Consumer<ErrorLine> consumer) throws IOException {
        try (var reader = LogLines.open(log)) {
            Instant time = null;
            long number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                String plain = Colors.strip(line);
                Instant written = time(plain);
                time = written == null ? time : written;
                if (pattern.matcher(plain).find()) {
                    consumer.accept(new ErrorLine(number, VisibleText.of(plain), time));
                }
            }
        }
    }

    /** The time in front of a line, or in its JSON; UTC if it names no zone. */
    static @Nullable Instant time(String line) {
        var matcher = TIME.matcher(line);
        if (!matcher.find()) {
            return null;
        }
        String text = matcher.group(1) != null ? matcher.group(1) : matcher.group(3);
        String zone = matcher.group(1) != null ? matcher.group(2) : matcher.group(4);
        try {
            String date = text.replace(' ', 'T').replace(',', '.');
            return zone == null || zone.equals("Z")
                    ? Instant.parse(date + "Z")
                    : java.time.OffsetDateTime.parse(date + colon(zone)).toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static String colon(String zone) {
        return zone.contains(":") ? zone : zone.substring(0, 3) + ":" + zone.substring(3);
    }
}
