package org.junitnomos.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.diagnosis.Colors;
import org.junitnomos.deploy.diagnosis.ProposedBlock;

/**
 * The logs of the nodes, with the run time of each line as far as it begins with a date. Large ones are thinned: what
 * is near a moment that somebody will look at, what warns, and the end stay.
 */
final class LogData {
    private static final int LONGEST = 600;
    private static final int LAST_LINES = 150;
    private static final int WARNINGS = 300;
    private static final long LARGEST_FILE = 64L << 20;
    private static final long NEAR = 8_000;
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?Z?");
    private static final Pattern WARNING = Pattern.compile("\\b(?:ERROR|WARN|WARNING|panicked)\\b");

    private static final int DATE_WITHIN = 80;

    private record Line(int number, @Nullable Long at, String text) {}

    private final Path directory;
    private final Instant begin;
    private final long[] moments;
    private final long budget;

    /**
     * Reads logs.
     *
     * @param directory of the run
     * @param begin the date at run time 0
     * @param moments run times that the page points at, milliseconds
     * @param budget how many characters all of them may take
     */
    LogData(Path directory, Instant begin, long[] moments, long budget) {
        this.directory = directory;
        this.begin = begin;
        this.moments = moments;
        this.budget = budget;
    }

    List<Object> json(Thinning thinning) throws IOException {
        var files = files();
        var list = new ArrayList<Object>();
        long all = 0;
        for (Path file : files) {
            all += Files.size(file);
        }
        boolean whole = all <= budget;
        for (Path file : files) {
            list.add(read(file, whole ? Long.MAX_VALUE : budget / files.size()));
        }
        if (!whole) {
            thinning.note("of the logs what is near failures, faults and the end, and what warns; all of it is in "
                    + directory.resolve("nodes"));
        }
        return list;
    }

    private List<Path> files() throws IOException {
        Path nodes = directory.resolve("nodes");
        if (!Files.isDirectory(nodes)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(nodes)) {
            return found.filter(file -> file.toString().endsWith(".log") && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        }
    }

    private Map<String, @Nullable Object> read(Path file, long room) throws IOException {
        long skipped = Math.max(0, Files.size(file) - LARGEST_FILE);
        var kept = new Kept(room);
        try (var in = Files.newInputStream(file)) {
            in.skipNBytes(skipped);
            var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            Long at = null;
            int number = 0;
            for (var text = lines.readLine(); text != null; text = lines.readLine()) {
                number++;
                String plain = Colors.strip(text);
                Long own = time(plain);
                at = own == null ? at : own; // a line without a date goes on with the one before
                ProposedBlock.of(plain).ifPresent(block -> kept.proposed.add(block.toString()));
                kept.add(new Line(number, at, PageTexts.shortened(PageTexts.visible(plain), LONGEST)));
            }
            kept.end();
            return json(file, kept, number, skipped);
        }
    }

    private static Map<String, @Nullable Object> json(Path file, Kept kept, int lines, long skipped) {
        var log = new LinkedHashMap<String, @Nullable Object>();
        String name = String.valueOf(file.getFileName());
        log.put("node", PageTexts.visible(name.substring(0, name.length() - ".log".length())));
        log.put("lines", lines);
        log.put("skippedBytes", skipped);
        var rows = new ArrayList<Object>();
        for (var line : kept.lines) {
            rows.add(Arrays.asList(line.number(), line.at(), line.text()));
        }
        log.put("rows", rows);
        log.put("proposed", kept.proposed);
        return log;
    }

    private @Nullable Long time(String line) {
        var date = DATE.matcher(line);
        if (!date.find() || date.start() > DATE_WITHIN) {
            return null;
        }
        try {
            String text = date.group();
            var instant = Instant.parse(text.endsWith("Z") ? text : text + "Z");
            return Duration.between(begin, instant).toMillis();
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** The lines of one log for which there is room. */
    private final class Kept {
        private final List<Line> lines = new ArrayList<>();
        private final List<String> proposed = new ArrayList<>();
        private final ArrayDeque<Line> last = new ArrayDeque<>();
        private final long room;
        private long taken;
        private int warnings;

        Kept(long room) {
            this.room = room;
        }

        void add(Line line) {
            if (room == Long.MAX_VALUE) {
                lines.add(line);
                return;
            }
            last.add(line);
            if (last.size() > LAST_LINES) {
                consider(last.remove());
            }
        }

        private void consider(Line line) {
            boolean warns = WARNING.matcher(line.text()).find() && warnings++ < WARNINGS;
            if (taken < room && (warns || isNear(line))) {
                taken += line.text().length();
                lines.add(line);
            }
        }

        private boolean isNear(Line line) {
            Long at = line.at();
            if (at != null) {
                for (long moment : moments) {
                    if (Math.abs(moment - at) <= NEAR) {
                        return true;
                    }
                }
            }
            return false;
        }

        void end() {
            lines.addAll(last);
        }
    }
}
