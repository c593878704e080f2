package org.junitnomos.devnode.program;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Write the log file, line by line to the operating system. Thread-safe.
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

    ProgramLog(Path file, Map<String, String> environment, SystemTime time) throws ConfigException, IOException {
        this.time = time;
        this.coreLevel = level(environment, CORE);
        this.programLevel = level(environment, PROGRAM);
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        this.writer = new BufferedWriter(
                Files.newBufferedWriter(
                        file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                1024);
    }

    /** Find the least level of a target. */
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

    /** Write a line of the core. */
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

    private void program(String level, String text) {
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
