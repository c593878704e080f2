package org.junitnomos.report;

import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;

/** The only class that writes to standard output. */
final class Console {
    private Console() {}

    static PrintStream out() {
        return System.out;
    }

    /**
     * Whether standard output is a terminal that understands a carriage return. From JDK 22 on there may be a console
     * that is none, and {@code isTerminal}, which older JDKs lack, tells.
     */
    static boolean isTerminal() {
        var console = System.console();
        if (console == null || "dumb".equals(System.getenv("TERM"))) {
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
}
