package org.junitnomos.devnode.program;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the log, line by line to the operating system: to a file, or to standard output. Thread-safe.
 *
 * <p>{@code NOMOS_LOG_LEVEL} is the least level written. {@code NOMOS_LOG_FILTER} goes before it: a list of levels and
 * {@code target=level}, separated by commas; the targets of a dev node are {@code devnode} and {@code program}, others
 * are for other programs.
 */
final class ProgramLog implements AutoCloseable {
    private static final List<String> LEVELS = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");
    private static final String CORE = "devnode";
    private static final String PROGRAM = "program";

    private final SystemTime time;
    private final Writer writer;
    private final int coreLevel;
    private final int programLevel;
    private boolean failed;

    ProgramLog(@Nullable Path file, Map<String, String> environment, SystemTime time)
            throws ConfigException, IOException {
        this.time = time;
        this.coreLevel = level(environment, CORE);
        this.programLevel = level(environment, PROGRAM);
        this.writer = new BufferedWriter(file == null ? new OutputStreamWriter(System.out, UTF_8) : open(file), 1024);
    }

    private static Writer open(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        return Files.newBufferedWriter(file, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Finds the least level of a target. */
    static int level(Map<String, String> environment, String target) throws ConfigException {
        int level = parse("NOMOS_LOG_LEVEL", environment.getOrDefault("NOMOS_LOG_LEVEL", "INFO"));
        int ofTarget = -1;
        String filter = environment.getOrDefault("NOMOS_LOG_FILTER", "");
        for (String directive : filter.split(",")) {
            int equals = directive.indexOf('=');
            if (directive.isBlank()) {
                continue;
            }
            int wanted = parse("NOMOS_LOG_FILTER", directive.substring(equals + 1));
            if (equals < 0) {
                level = wanted;
            } else if (directive.substring(0, equals).trim().equals(target)) {
                ofTarget = wanted;
            }
        }
        return ofTarget < 0 ? level : ofTarget;
    }

    private static int parse(String variable, String text) throws ConfigException {
        int level = LEVELS.indexOf(text.trim().toUpperCase(Locale.ROOT));
        if (level < 0) {
            throw new ConfigException("The environment variable " + variable + " has the level '" + text.trim()
                    + "', expected one of " + LEVELS + ".");
        }
        return level;
    }

    /** Writes a line of the core. */
    void core(String level, String text) {
        if (LEVELS.indexOf(level) >= coreLevel) {
            write(level, CORE, text);
        }
    }

    void debug(String text) {
        program("DEBUG", text);
    }

    void info(String text) {
        program("INFO", text);
    }

    void warn(String text) {
        program("WARN", text);
    }

    void error(String text) {
        program("ERROR", text);
    }

    /** Writes a line of the program around the core. */
    void program(String level, String text) {
        if (LEVELS.indexOf(level) >= programLevel) {
            write(level, PROGRAM, text);
        }
    }

    private synchronized void write(String level, String target, String text) {
        if (failed) {
            return;
        }
        try {
            writer.write(time.wallClock() + " " + level + " " + target + ": " + text + "\n");
            writer.flush();
        } catch (IOException diskFull) {
            // A node goes on without its log; there is nowhere to tell.
            failed = true;
        }
    }

    @Override
    public synchronized void close() {
        failed = true;
        try {
            writer.close();
        } catch (IOException flushed) {
            // Every line was flushed on its own.
            return;
        }
    }
}
