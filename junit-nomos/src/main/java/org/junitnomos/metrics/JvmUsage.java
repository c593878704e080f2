package org.junitnomos.metrics;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the test JVM takes of its machine. */
final class JvmUsage {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";
    private static final String NAME = "nomos_test_jvm_";
    private static final long KIB = 1024;

    private JvmUsage() {}

    static SortedMap<String, String> now() {
        var values = new TreeMap<String, String>();
        ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .ifPresent(time -> values.put(NAME + "cpu_seconds", SeenMetrics.seconds(time.toNanos())));
        put(
                "heap_bytes",
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                values);
        put("threads", ManagementFactory.getThreadMXBean().getThreadCount(), values);
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            put("open_fds", system.getOpenFileDescriptorCount(), values);
        }
        try (var lines = Files.lines(STATUS)) {
            lines.filter(line -> line.startsWith(RESIDENT))
                    .map(line ->
                            line.substring(RESIDENT.length()).replace("kB", "").strip())
                    .findFirst()
                    .ifPresent(kib -> put("resident_memory_bytes", KIB * Long.parseLong(kib), values));
        } catch (IOException e) {
            return values; // this is no Linux
        }
        return values;
    }

    private static void put(String name, long value, SortedMap<String, String> values) {
        values.put(NAME + name, Long.toString(value));
    }
}
