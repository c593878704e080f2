package benchmarks.work;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Processor time and memory, of this JVM and of what it started, as Linux tells them. */
final class Processors {
    /** Of {@code /proc}: Linux has no other unit there on any machine that is common. */
    private static final double TICKS = 100;

    private static final int USER = 11; // counted behind the name, which may have blanks

    private Processors() {}

    /** Seconds of this JVM. */
    static double own() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1e9;
    }

    /** Seconds of all that this JVM started and that lives, and of what has ended and was waited for. */
    static double started() {
        double waitedFor = ticks(ProcessHandle.current().pid(), 2, 2);
        return waitedFor
                + descendants()
                        .mapToDouble(process -> ticks(process.pid(), 0, 4))
                        .sum();
    }

    private static Stream<ProcessHandle> descendants() {
        return ProcessHandle.current().descendants();
    }

    private static double ticks(long pid, int from, int count) {
        try {
            String stat = Files.readString(Path.of("/proc", "" + pid, "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long sum = 0;
            for (int i = 0; i < count; i++) {
                sum += Long.parseLong(fields[USER + from + i]);
            }
            return sum / TICKS;
        } catch (IOException e) {
            return 0; // it has ended
        }
    }

    /** Seconds that all processors of the machine worked since it started, and seconds that they could have. */
    static double[] machine() throws IOException {
        String[] fields =
                Files.readAllLines(Path.of("/proc/stat")).get(0).trim().split(" +");
        double all = 0;
        for (int i = 1; i <= 8; i++) {
            all += Long.parseLong(fields[i]);
        }
        double idle = Long.parseLong(fields[4]) + Long.parseLong(fields[5]);
        return new double[] {(all - idle) / TICKS, all / TICKS};
    }

    /** Processes that this JVM started and whose command line has a text. */
    static List<ProcessHandle> with(String text) {
        return descendants()
                .filter(process -> command(process.pid()).contains(text))
                .toList();
    }

    private static String command(long pid) {
        try {
            return Files.readString(Path.of("/proc", "" + pid, "cmdline"));
        } catch (IOException e) {
            return "";
        }
    }

    /** Median of a line of {@code smaps_rollup} over processes, in MB. */
    static double memory(List<ProcessHandle> processes, String line) {
        double[] sorted = processes.stream()
                .mapToDouble(process -> memory(process.pid(), line))
                .sorted()
                .toArray();
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }

    private static double memory(long pid, String line) {
        try (var lines = Files.lines(Path.of("/proc", "" + pid, "smaps_rollup"))) {
            return lines.filter(found -> found.startsWith(line + ":"))
                    .mapToDouble(found -> Double.parseDouble(found.replaceAll("[^0-9]", "")) / 1024)
                    .sum();
        } catch (IOException e) {
            return 0;
        }
    }
}
