package benchmarks.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The page with all results. What stands between {@code <!-- measured: NAME -->} and {@code <!-- end of NAME -->} is
 * rewritten as soon as it is measured anew; everything else is by hand.
 */
final class ResultPage {
    private static final String GOALS = "goals";

    private final Path page;

    ResultPage(Path page) {
        this.page = page;
    }

    /** Replaces the line of the table of goals that begins with a text, or adds it. */
    void goal(String what, String goal, String before, String now, String ratio, String row) throws IOException {
        String line =
                "| " + String.join(" | ", what, goal, before, now, ratio, "`.ci/benchmarks/run " + row + "`") + " |";
        var lines = new ArrayList<>(region(GOALS));
        int at = 0;
        while (at < lines.size() && !lines.get(at).startsWith("| " + what + " |")) {
            at++;
        }
        if (at < lines.size()) {
            lines.set(at, line);
        } else {
            lines.add(line);
        }
        replace(GOALS, lines);
    }

    void section(String name, String text) throws IOException {
        replace(name, text.lines().toList());
    }

    String picture(String name, String alternative, String svg) throws IOException {
        Path file = page.resolveSibling("benchmarks-" + name + ".svg");
        Files.writeString(file, svg);
        return "![" + alternative + "](" + file.getFileName() + ")";
    }

    private static String begin(String name) {
        return "<!-- measured: " + name + " -->";
    }

    private static String end(String name) {
        return "<!-- end of " + name + " -->";
    }

    private List<String> region(String name) throws IOException {
        var lines = Files.readAllLines(page);
        return lines.subList(lines.indexOf(begin(name)) + 1, indexOfEnd(lines, name));
    }

    private int indexOfEnd(List<String> lines, String name) throws IOException {
        int at = lines.indexOf(end(name));
        if (lines.indexOf(begin(name)) < 0 || at < lines.indexOf(begin(name))) {
            throw new IOException(page + " has no " + begin(name) + " before " + end(name) + ".");
        }
        return at;
    }

    private void replace(String name, List<String> text) throws IOException {
        var lines = new ArrayList<>(Files.readAllLines(page));
        var region = lines.subList(lines.indexOf(begin(name)) + 1, indexOfEnd(lines, name));
        region.clear();
        region.addAll(text);
        Path draft = page.resolveSibling(page.getFileName() + ".draft");
        Files.write(draft, lines);
        Files.move(draft, page, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
