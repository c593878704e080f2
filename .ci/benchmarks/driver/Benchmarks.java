package benchmarks.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Measures rows, the most important first, and writes what each found out at once. */
public final class Benchmarks {
    private static final int WEEK = 168;

    private final Path root;
    private final List<String> names = new ArrayList<>();
    private boolean brief;
    private boolean check;
    private boolean asCompiled;
    private boolean install;
    private double budget = Double.POSITIVE_INFINITY;
    private int hours = WEEK;

    private Benchmarks(Path root) {
        this.root = root;
    }

    private List<Row> rows() {
        return List.of(
                new Row("hours", 75, 50, VirtualRows::hours),
                new Row("hundred", 110, 60, VirtualRows::hundred),
                new Row("seeds", 130, 90, VirtualRows::seeds),
                new Row("processes", 80, 30, DeployRows::processes),
                new Row("minute", 155, 150, LiveRows::minute),
                new Row("containers", 150, 60, DeployRows::containers),
                new Row("week", 240, 60, bench -> VirtualRows.week(bench, hours)),
                new Row("nodes", 150, 60, GrowthRows::nodes),
                new Row("transactions", 50, 30, GrowthRows::transactions),
                new Row("start", 40, 20, PeerRows::start),
                new Row("fifty", 100, 90, LiveRows::fifty),
                new Row("rate", 240, 100, LiveRows::rate),
                new Row("kubernetes", 200, 190, LiveRows::kubernetes),
                new Row("real", 60, 40, PeerRows::real),
                new Row("fifty-real", 300, 240, LiveRows::fiftyReal));
    }

    /**
     * Measures.
     *
     * @param arguments the root of the tree, then options and names of rows
     */
    public static void main(String[] arguments) throws Exception {
        var benchmarks = new Benchmarks(Path.of(arguments[0]).toAbsolutePath().normalize());
        benchmarks.read(List.of(arguments).subList(1, arguments.length));
        System.exit(benchmarks.run() ? 0 : 1);
    }

    private void read(List<String> arguments) {
        for (String argument : arguments) {
            if (argument.equals("--short")) {
                brief = true;
            } else if (argument.equals("--install")) {
                install = true;
            } else if (argument.equals("--as-compiled")) {
                asCompiled = true;
            } else if (argument.equals("--check")) {
                check = true;
            } else if (argument.startsWith("--minutes=")) {
                budget = 60 * Double.parseDouble(value(argument));
            } else if (argument.startsWith("--hours=")) {
                hours = Integer.parseInt(value(argument));
            } else if (rows().stream().anyMatch(row -> row.name().equals(argument))) {
                names.add(argument);
            } else {
                throw new IllegalArgumentException(argument + " is neither an option nor one of "
                        + rows().stream().map(Row::name).toList());
            }
        }
    }

    private static String value(String argument) {
        return argument.substring(argument.indexOf('=') + 1);
    }

    private boolean run() throws IOException, InterruptedException {
        Path scratch = Files.createDirectories(root.resolve("target/benchmarks"));
        Path page = root.resolve("docs/benchmarks.md");
        if (brief) { // figures of which nothing follows
            Path copy = Files.createDirectories(scratch.resolve("short")).resolve("benchmarks.md");
            Files.writeString(copy, Files.readString(page));
            page = copy;
        }
        var bench = new Bench(root, scratch, brief, install, new ResultPage(page));
        if (check) {
            bench.now.takeAsCompiled();
            bench.now.compile();
            return true;
        }
        if (asCompiled) {
            bench.now.takeAsCompiled();
        }
        double end = System.nanoTime() / 1e9 + budget;
        var left = new ArrayList<>(rows().stream()
                .filter(row -> names.isEmpty() || names.contains(row.name()))
                .toList());
        bench.before.compile();
        bench.now.compile();
        boolean all = true;
        while (!left.isEmpty()) {
            double time = end - System.nanoTime() / 1e9;
            double wanted = left.stream().mapToInt(Row::seconds).sum();
            var row = left.remove(0);
            double share = Math.max(row.least(), row.seconds() * (time < Double.POSITIVE_INFINITY ? time / wanted : 1));
            System.out.printf(Locale.ROOT, "%n%s (load average %s, about %.0f s)%n", row.name(), Machine.load(), share);
            if (!brief && share > time) {
                System.out.printf(
                        Locale.ROOT, "  left out: it takes at least %d s, and there are %.0f s%n", row.least(), time);
            } else {
                all &= measure(bench, row, share);
            }
        }
        System.out.println("\n" + page);
        return all;
    }

    private static boolean measure(Bench bench, Row row, double seconds) {
        double begin = System.nanoTime() / 1e9;
        try {
            bench.begin(row.name(), seconds);
            row.measure().measure(bench);
        } catch (Row.Missing e) {
            System.out.println("  left out: " + e.getMessage());
            return true;
        } catch (Exception e) {
            System.out.println("  FAILED: " + ("" + e).lines().findFirst().orElse("")
                    + "\n  the rest is in " + bench.scratch.resolve("workers.log"));
            return false;
        } finally {
            System.out.printf(Locale.ROOT, "  took %.0f s%n", System.nanoTime() / 1e9 - begin);
        }
        return true;
    }
}
