package org.junitnomos.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junitnomos.deploy.process.ProcessDeployer;

/** Ten nodes as processes; prints what memory they hold when they are ready. */
public class ProcessDeployBenchmark extends DeployBenchmark {
    /** Create it. */
    public ProcessDeployBenchmark() {
        super(10);
    }

    @Override
    protected Deployer deployer() {
        return new ProcessDeployer();
    }

    @Override
    protected void look() {
        var nodes = ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains("DevNodeMain"))
                .toList();
        var memory = nodes.stream().map(child -> kilobytes(child.pid())).toList();
        long processor = nodes.stream()
                .mapToLong(child ->
                        child.info().totalCpuDuration().orElse(Duration.ZERO).toMillis())
                .sum();
        System.out.println(nodes.size() + " nodes, each, median: resident " + median(memory, 0) / 1024
                + " MB, of which its own share " + median(memory, 1) / 1024 + " MB; all: " + processor
                + " ms of processor time");
    }

    private static long median(List<List<Long>> values, int column) {
        var sorted = values.stream().map(row -> row.get(column)).sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
    }

    /** Resident and proportional size of a process; 0 where the system does not tell. */
    private static List<Long> kilobytes(long pid) {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), "smaps_rollup"))) {
            long rss = 0;
            long pss = 0;
            for (var line : lines.toList()) {
                if (line.startsWith("Rss:")) {
                    rss = Long.parseLong(line.replaceAll("[^0-9]", ""));
                } else if (line.startsWith("Pss:")) {
                    pss = Long.parseLong(line.replaceAll("[^0-9]", ""));
                }
            }
            return List.of(rss, pss);
        } catch (IOException e) {
            return List.of(0L, 0L);
        }
    }
}
