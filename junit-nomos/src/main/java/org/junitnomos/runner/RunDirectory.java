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

/**
 * Makes and tidies the directories of runs: {@code <root>/<scenario>/<number>}, beside a file {@code latest} and one
 * that says whose they are: tests whose names give the same directory have one each.
 */
final class RunDirectory {
    static final String NODES = "nodes";
    static final String LATEST = "latest";

    private static final String OWNER = "test.txt";
    private static final int LONGEST_NAME = 80;
    private static final List<String> KEPT = List.of(RunResult.JOURNAL, RunResult.REPORT, RunResult.PAGE);

    private RunDirectory() {}

    /** Creates the next free directory of a scenario that no test of the extension runs. */
    static Path create(Path root, String scenario) {
        return create(root, scenario, scenario, scenario);
    }

    /**
     * Creates the next free directory; safe against other threads and other JVMs.
     *
     * @param scenario name of the scenario, after which the directory is named
     * @param qualified the name that it has if another test has that one
     * @param owner the test, told from all others
     */
    static Path create(Path root, String scenario, String qualified, String owner) {
        Path parent = root.resolve(slug(scenario));
        try {
            parent = owned(root, slug(scenario), slug(qualified), owner);
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

    /** Finds or takes the first directory that is not another test's. */
    private static Path owned(Path root, String name, String qualified, String owner) throws IOException {
        for (int number = 0; ; number++) {
            String next = number == 0 ? name : number == 1 ? qualified : qualified + "-" + number;
            Path parent = root.resolve(next);
            Files.createDirectories(parent);
            if (owner(parent, owner).equals(owner)) {
                return parent;
            }
        }
    }

    /** Says whose a directory is; that one's, if it was nobody's. */
    private static String owner(Path parent, String owner) throws IOException {
        Path file = parent.resolve(OWNER);
        if (!Files.exists(file)) {
            Path draft = Files.createTempFile(parent, OWNER, ".draft");
            try {
                Files.writeString(draft, owner + "\n");
                Files.createLink(file, draft); // whole from its first instant, and only for the first of several
            } catch (FileAlreadyExistsException e) {
                // somebody else was faster
            } catch (UnsupportedOperationException e) {
                Files.copy(draft, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        }
        return Files.readString(file).strip();
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

    /** Whether a build removes it: Maven's and Gradle's directories for what they make. */
    static boolean isBuilt(Path directory) {
        for (Path name : directory) {
            if (name.toString().equals("target") || name.toString().equals("build")) {
                return true;
            }
        }
        return false;
    }

    /** Removes everything but journal, report and page. */
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

    /** Removes a file, or a directory with all that is in it. */
    static void delete(Path path) throws IOException {
        try (Stream<Path> tree = Files.walk(path)) {
            for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
