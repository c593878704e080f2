package org.junitnomos.runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes and tidies the directories of runs: {@code <root>/<scenario>/<number>}, beside a file {@code latest}. */
final class RunDirectory {
    static final String NODES = "nodes";
    static final String LATEST = "latest";

    private static final int LONGEST_NAME = 80;
    private static final List<String> KEPT = List.of(RunResult.JOURNAL, RunResult.REPORT);

    private RunDirectory() {}

    /** Creates the next free directory; safe against other threads and other JVMs. */
    static Path create(Path root, String scenario) {
        Path parent = root.resolve(slug(scenario));
        try {
            Files.createDirectories(parent);
            for (int number = lastNumber(parent) + 1; ; number++) {
                Path directory = parent.resolve(Integer.toString(number));
                try {
                    Files.createDirectory(directory);
                } catch (FileAlreadyExistsException e) {
                    continue; // somebody else was faster
                }
                pointTo(parent, number);
                return directory;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create a directory for a run in " + parent + ": " + e, e);
        }
    }

    /** Turns the name of a scenario into the name of a directory. */
    static String slug(String scenario) {
        String plain = scenario.strip().replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[-.]+|[-.]+$", "");
        String shortened = plain.length() > LONGEST_NAME ? plain.substring(0, LONGEST_NAME) : plain;
        return shortened.isEmpty() ? "scenario" : shortened;
    }

    private static int lastNumber(Path parent) throws IOException {
        try (Stream<Path> children = Files.list(parent)) {
            return children.map(child -> nameOf(child))
                    .filter(name -> name.matches("[0-9]{1,9}"))
                    .mapToInt(Integer::parseInt)
                    .max()
                    .orElse(0);
        }
    }

    private static void pointTo(Path parent, int number) throws IOException {
        Path draft = parent.resolve(LATEST + "." + number);
        Files.writeString(draft, number + "\n");
        try {
            Files.move(
                    draft, parent.resolve(LATEST), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(draft); // on some systems a file that is being read cannot be replaced: no harm
        }
    }

    /** Removes everything but journal and report. */
    static void dropNodeState(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            for (Path child : children.toList()) {
                if (!KEPT.contains(nameOf(child))) {
                    delete(child);
                }
            }
        }
    }

    /** Copies the logs of the nodes to a directory of the user's, below the scenario and number of the run. */
    static void copyLogs(Path directory, Path target) throws IOException {
        Path nodes = directory.resolve(NODES);
        if (!Files.isDirectory(nodes)) {
            return;
        }
        Path copies = target.resolve(nameOf(directory.toAbsolutePath().getParent()) + "-" + nameOf(directory));
        Files.createDirectories(copies);
        try (Stream<Path> files = Files.list(nodes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copies.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static String nameOf(@Nullable Path path) {
        Path name = path == null ? null : path.getFileName();
        return name == null ? "run" : name.toString();
    }

    private static void delete(Path path) throws IOException {
        try (Stream<Path> tree = Files.walk(path)) {
            for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
