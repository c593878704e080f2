package org.junitnomos.report;

import java.io.PrintStream;
import java.util.function.Supplier;

/**
 * The console of this JVM: lines, and below them at most one bar. Runs that go on side by side share it: whoever writes
 * the next line clears the bar of whoever drew it. Thread-safe.
 */
final class ConsoleScreen {
    private static final ConsoleScreen STANDARD =
            new ConsoleScreen(Console::out, Console.isTerminal(), Console.columns());

    private final Supplier<PrintStream> out;
    private final boolean terminal;
    private final int columns;
    private int barLength;

    /**
     * Creates a screen.
     *
     * @param out asked each time, because a test may redirect standard output
     * @param terminal whether it understands a carriage return
     * @param columns how many characters a line of it has
     */
    ConsoleScreen(Supplier<PrintStream> out, boolean terminal, int columns) {
        this.out = out;
        this.terminal = terminal;
        this.columns = columns;
    }

    /** {@return standard output} */
    static ConsoleScreen standard() {
        return STANDARD;
    }

    boolean isTerminal() {
        return terminal;
    }

    /** {@return how long a bar may be; one that reaches the last column could not be cleared} */
    int room() {
        return columns - 1;
    }

    /** Writes a line of its own. */
    synchronized void line(String text) {
        if (barLength > 0) {
            out.get().print("\r" + " ".repeat(barLength) + "\r");
            barLength = 0;
        }
        out.get().println(text);
    }

    /** Draws a bar in the place of the last one. */
    synchronized void bar(String text) {
        String shown = text.length() > room() ? text.substring(0, room()) : text;
        out.get().print("\r" + shown + " ".repeat(Math.max(0, barLength - shown.length())));
        out.get().flush();
        barLength = shown.length();
    }
}
