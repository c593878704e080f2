package org.junitnomos.deploy.process;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junitnomos.deploy.NodeUsage;

/** Reads what processes take of this machine from {@code /proc}. */
final class ProcessUsage {
    private static final Path PROC = Path.of("/proc");
    private static final long KIB = 1024;

    private ProcessUsage() {}

    /**
     * Adds up what some processes take.
     *
     * @param directory whose files are theirs
     * @return empty where there is no {@code /proc}, or none of them is there any more
     */
    static Optional<NodeUsage> of(List<ProcessHandle> processes, Path directory) {
        var processor = Duration.ZERO;
        long memory = 0;
        long files = 0;
        long threads = 0;
        boolean found = false;
        for (var process : processes) {
            var place = PROC.resolve(Long.toString(process.pid()));
            try {
                var status = Files.readAllLines(place.resolve("status"));
                long open = count(place.resolve("fd"));
                memory += KIB * number(status, "VmRSS:");
                threads += number(status, "Threads:");
                files += open;
                processor = processor.plus(process.info().totalCpuDuration().orElse(Duration.ZERO));
                found = true;
            } catch (IOException e) {
                continue; // it has ended, or this is no Linux
            }
        }
        return found
                ? Optional.of(new NodeUsage(processor, memory, files, threads, size(directory)))
                : Optional.empty();
    }

    /** The number in a line of a status; 0 if there is none, as of a process that is ending. */
    private static long number(List<String> status, String name) {
        return status.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).replace("kB", "").strip())
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }

    private static long count(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.count();
        }
    }

    /** A node writes meanwhile: what has gone counts for nothing. */
    private static long size(Path directory) {
        var size = new AtomicLong();
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    size.addAndGet(attributes.size());
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            return size.get();
        }
        return size.get();
    }
}
