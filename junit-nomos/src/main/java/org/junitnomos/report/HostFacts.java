package org.junitnomos.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junitnomos.time.WallTime;

/** What the machine and this JVM had to give when a run began, or ended; a slow or full host shows here. */
final class HostFacts {
    private static final long MEBI = 1 << 20;

    private final Map<String, @Nullable Object> facts = new LinkedHashMap<>();

    private HostFacts(@Nullable Path directory) {
        var system = ManagementFactory.getOperatingSystemMXBean();
        facts.put("date", WallTime.text());
        facts.put("processors", Runtime.getRuntime().availableProcessors());
        double load = system.getSystemLoadAverage();
        facts.put("load", load < 0 ? null : Math.round(load * 100) / 100.0);
        if (system instanceof com.sun.management.OperatingSystemMXBean known) {
            facts.put("memoryMb", known.getTotalMemorySize() / MEBI);
            facts.put("memoryFreeMb", known.getFreeMemorySize() / MEBI);
        }
        var runtime = Runtime.getRuntime();
        facts.put("heapUsedMb", (runtime.totalMemory() - runtime.freeMemory()) / MEBI);
        facts.put("heapMaxMb", runtime.maxMemory() / MEBI);
        if (directory != null) {
            putDisk(directory);
        }
    }

    private void putDisk(Path directory) {
        try {
            var disk = Files.getFileStore(directory);
            facts.put("diskMb", disk.getTotalSpace() / MEBI);
            facts.put("diskFreeMb", disk.getUsableSpace() / MEBI);
        } catch (IOException e) {
            facts.put("diskFreeMb", null); // not worth a report
        }
    }

    /** Asks the machine now. */
    static HostFacts now(@Nullable Path directory) {
        return new HostFacts(directory);
    }

    Map<String, @Nullable Object> json() {
        return facts;
    }
}
