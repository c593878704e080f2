package org.junitnomos.testkit;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junitnomos.deploy.program.Fingerprint;

/**
 * Our classes in jars and an archive of what child JVMs load, both in {@code target}: with it a JVM that runs a test
 * takes less than half the time of a processor. Made once for each state of the classes.
 */
final class ClassArchive {
    private static final Path PLACE = Path.of("target", "child-jvms");
    private static List<String> made = List.of();

    private ClassArchive() {}

    /** Options that give a child JVM the class path of this one. Blocks while the archive is made. */
    static synchronized List<String> options() {
        if (made.isEmpty()) {
            try {
                made = Files.isDirectory(PLACE.toAbsolutePath().getParent()) ? make() : plain(ChildJvm.classPath());
            } catch (IOException e) {
                made = plain(ChildJvm.classPath());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return plain(ChildJvm.classPath());
            }
        }
        return made;
    }

    private static List<String> plain(String classPath) {
        return List.of("-Xshare:auto", "-cp", classPath);
    }

    private static List<String> make() throws IOException, InterruptedException {
        Path place = Files.createDirectories(PLACE.toAbsolutePath());
        try (var channel =
                        FileChannel.open(place.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.lock()) { // tests run in several JVMs
            String classPath = classPath(place);
            Path archive = place.resolve(
                    Runtime.version().feature() + "-" + digest(List.of(Runtime.version() + " " + classPath)) + ".jsa");
            if (!Files.exists(archive)) {
                train(place, archive, classPath);
            }
            return List.of("-Xshare:auto", "-XX:SharedArchiveFile=" + archive, "-cp", classPath);
        }
    }

    /** The class path with a jar for each directory: an archive takes nothing from directories. */
    private static String classPath(Path place) throws IOException {
        var entries = new ArrayList<String>();
        for (String entry : ChildJvm.classPath().split(File.pathSeparator)) {
            Path path = Path.of(entry);
            entries.add(Files.isDirectory(path) ? jar(place, path).toString() : entry);
        }
        return String.join(File.pathSeparator, entries);
    }

    private static Path jar(Path place, Path directory) throws IOException {
        var content = new ArrayList<String>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (var each : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                content.add(each + " " + Files.size(each) + " " + Files.getLastModifiedTime(each));
            }
        }
        Collections.sort(content);
        Path jar = place.resolve(directory.getFileName() + "-" + digest(content) + ".jar");
        if (!Files.exists(jar)) {
            Path draft = place.resolve("draft.jar");
            var tool = ToolProvider.findFirst("jar").orElseThrow(() -> new IOException("this is no JDK"));
            if (tool.run(System.out, System.err, "-cf0", draft.toString(), "-C", directory.toString(), ".") != 0) {
                throw new IOException("no jar of " + directory);
            }
            Files.move(draft, jar, StandardCopyOption.ATOMIC_MOVE);
        }
        return jar;
    }

    private static String digest(List<String> texts) {
        var fingerprint = new Fingerprint();
        texts.forEach(fingerprint::add);
        return fingerprint.hex().substring(0, 16);
    }

    private static void train(Path place, Path archive, String classPath) throws IOException, InterruptedException {
        Path draft = place.resolve("draft.jsa");
        Path directory = Files.createDirectories(place.resolve("training"));
        var command = new ArrayList<>(List.of(ChildJvm.java(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("-XX:ArchiveClassesAtExit=" + draft, "-Dnomos.directory=" + directory));
        command.addAll(List.of("-cp", classPath, TrainingMain.class.getName()));
        var training = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(place.resolve("training.txt").toFile())
                .start();
        try {
            training.waitFor();
        } finally {
            training.destroyForcibly();
        }
        if (Files.exists(draft)) {
            Files.move(draft, archive, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
