package benchmarks.driver;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** What a row has to measure with, and where it writes what it found out. */
final class Bench {
    final Path root;
    final Path scratch;
    final SourceTree before;
    final SourceTree now;

    /** Whether everything is only tried: smallest sizes, once each. */
    final boolean brief;

    /** Whether packages of the system may be installed. */
    final boolean install;

    private final ResultPage page;
    private String row = "";
    private String provenance = "";
    private long end;
    private long last;

    Bench(Path root, Path scratch, boolean brief, boolean install, ResultPage page) {
        this.root = root;
        this.scratch = scratch;
        this.brief = brief;
        this.install = install;
        this.page = page;
        this.before = SourceTree.before(root, scratch);
        this.now = SourceTree.now(root, scratch);
    }

    void begin(String name, double seconds) throws IOException {
        row = name;
        provenance = Machine.told(name);
        last = System.nanoTime();
        end = last + (long) (seconds * 1e9);
    }

    /** Seconds that the row has left. */
    double left() {
        return (end - System.nanoTime()) / 1e9;
    }

    /** Says whether one more round is due: at least some, at most some, as long as one as the last fits in. */
    boolean goOn(int done, int least, int most) {
        long time = System.nanoTime();
        long took = time - last;
        last = time;
        if (done < (brief ? 1 : least)) {
            return true;
        }
        return !brief && done < most && time + took < end;
    }

    /** Writes a line of the table of goals. */
    void goal(String what, String goal, String before, String now, String ratio) throws IOException {
        page.goal(what, goal, before, now, ratio, row);
        System.out.printf(
                Locale.ROOT,
                "  %s: goal %s, %s: %s, now: %s, ratio %s%n",
                what,
                goal,
                SourceTree.BEFORE,
                before,
                now,
                ratio);
    }

    /** Writes what the row found out, below its own heading. */
    void section(String text) throws IOException {
        section(row, text);
    }

    /** Writes another section. */
    void section(String name, String text) throws IOException {
        page.section(name, provenance + "\n\n" + text.strip());
        System.out.println(text.strip().indent(2));
    }

    /** Writes a picture beside the page, and returns what shows it. */
    String picture(String name, String alternative, Plot plot) throws IOException {
        return page.picture(name, alternative, plot.svg());
    }
}
