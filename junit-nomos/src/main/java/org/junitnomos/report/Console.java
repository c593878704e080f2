package org.junitnomos.report;

import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junitnomos.settings.SettingsReader;

/** The only class that writes to standard output. */
final class Console {
    private static final int USUAL_COLUMNS = 80;
    private static final int MOST_COLUMNS = 1_000;

    private Console() {}

    static PrintStream out() {
        return System.out;
    }

    /**
     * Whether standard output is a terminal that understands a carriage return. From JDK 22 on there may be a console
     * that is none, and {@code isTerminal}, which older JDKs lack, tells. A CI server keeps what it shows in a log,
     * also where it gives its jobs a terminal.
     */
    static boolean isTerminal() {
        var console = System.console();
        if (console == null || isLogged(System.getenv())) {
            return false;
        }
        try {
            return (Boolean) console.getClass().getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }

    /** Whether the environment says that what is written is kept in a log, so that no line can be taken back. */
    static boolean isLogged(Map<String, String> environment) {
        return "dumb".equals(environment.get("TERM")) || SettingsReader.isCi(environment.getOrDefault("CI", ""));
    }

    /** The characters in a line of the terminal, as far as its shell tells programs. */
    static int columns() {
        return columns(System.getenv("COLUMNS"));
    }

    static int columns(@Nullable String told) {
        if (told == null || !told.matches("[1-9]\\d{1,3}")) {
            return USUAL_COLUMNS;
        }
        return Math.min(MOST_COLUMNS, Integer.parseInt(told));
    }
}
