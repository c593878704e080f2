package org.junitnomos.devnode.program;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junitnomos.devnode.MetricLines;

/**
 * What the program takes of its machine, by the names under which processes usually tell that; what only Linux knows is
 * left out elsewhere. Needs no module of the JDK but the first one, which is all that images have for sure.
 */
final class ProcessLines {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final File FILES = new File("/proc/self/fd");
    private static final long KIB = 1024;

    private ProcessLines() {}

    static String now() {
        MetricLines lines = new MetricLines();
        ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .ifPresent(time -> lines.counter(
                        "process_cpu_seconds_total", "Time of processors since the start.", time.toMillis(), 3));
        try {
            List<String> status = Files.readAllLines(STATUS);
            add(lines, "process_resident_memory_bytes", "Resident memory.", KIB * number(status, "VmRSS:"));
            add(lines, "process_threads", "Threads.", number(status, "Threads:"));
        } catch (IOException e) {
            return lines.toString(); // this is no Linux
        }
        String[] files = FILES.list();
        if (files != null) {
            lines.gauge("process_open_fds", "Open files and sockets.", files.length);
        }
        return lines.toString();
    }

    private static void add(MetricLines lines, String name, String help, long value) {
        if (value > 0) {
            lines.gauge(name, help, value);
        }
    }

    /** The number in a line; 0 if there is none. */
    private static long number(List<String> status, String name) {
        for (String line : status) {
            if (line.startsWith(name)) {
                return Long.parseLong(
                        line.substring(name.length()).replace("kB", "").strip());
            }
        }
        return 0;
    }
}
