package benchmarks.driver;

import benchmarks.driver.WorkerJvm.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A JVM of each tree, which do the same by turns. */
final class Pair implements AutoCloseable {
    final WorkerJvm before;
    final WorkerJvm now;

    Pair(Bench bench, String... options) throws IOException, InterruptedException {
        before = bench.before.worker(options);
        now = bench.now.worker(options);
    }

    /** Does it in both: before, now. */
    void once(Series series, String order) throws IOException, InterruptedException {
        series.before.add(before.ask(order));
        series.now.add(now.ask(order));
    }

    @Override
    public void close() throws IOException {
        before.close();
        now.close();
    }

    /** What both trees took for the same. */
    static final class Series {
        final List<Answer> before = new ArrayList<>();
        final List<Answer> now = new ArrayList<>();

        static double median(List<Answer> answers, String figure) {
            double[] sorted = answers.stream()
                    .mapToDouble(answer -> answer.get(figure))
                    .sorted()
                    .toArray();
            int middle = sorted.length / 2;
            if (sorted.length == 0) {
                return Double.NaN;
            }
            return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }

        double ratio(String figure) {
            return median(now, figure) / median(before, figure);
        }

        /** Seconds of the wall, and in parentheses of the processors. */
        static String seconds(List<Answer> answers) {
            return String.format(Locale.ROOT, "%.2f s (%.2f s)", median(answers, "wall"), median(answers, "cpu"));
        }

        String ratios() {
            return String.format(Locale.ROOT, "%.2f (%.2f)", ratio("wall"), ratio("cpu"));
        }

        /** A line of the table of goals, by wall and processor time. */
        void tell(Bench bench, String what, String goal) throws IOException {
            bench.goal(what, goal, seconds(before), seconds(now), ratios());
        }

        /** Every measurement in its order, as a cell. */
        static String each(List<Answer> answers, String figure) {
            return answers.stream()
                    .map(answer -> String.format(Locale.ROOT, "%.2f", answer.get(figure)))
                    .reduce((one, two) -> one + ", " + two)
                    .orElse("none");
        }

        /** A table with every measurement. */
        String table() {
            return "| | wall, s | processors, s |\n|---|---|---|\n" + line(SourceTree.BEFORE, before)
                    + line("now", now);
        }

        private static String line(String name, List<Answer> answers) {
            return "| " + name + " | " + each(answers, "wall") + " | " + each(answers, "cpu") + " |\n";
        }
    }
}
