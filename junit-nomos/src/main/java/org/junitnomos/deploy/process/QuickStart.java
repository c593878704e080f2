package org.junitnomos.deploy.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import org.junitnomos.deploy.program.CacheDirectory;
import org.junitnomos.deploy.program.ChildJvm;
import org.junitnomos.deploy.program.DirectoryLock;
import org.junitnomos.deploy.program.Fingerprint;
import org.junitnomos.deploy.program.ProgramClasses;
import org.junitnomos.time.PollTimeoutException;
import org.slf4j.LoggerFactory;

/**
 * Makes dev nodes start quickly: one jar with their classes, and an archive of class data that a short training run
 * leaves. Both are kept for the next test JVM, under a name that changes with the JDK and with the classes.
 *
 * <p>Of several JVMs one makes them while the others wait. Nothing here is needed: whatever fails, nodes start slower.
 */
final class QuickStart {
    private static final int NAME_LENGTH = 20;
    private static final Duration LOCK_LIMIT = Duration.ofSeconds(60);

    private final Path java;
    private final ProgramClasses classes;
    private final Optional<Path> cache;

    QuickStart(Path java, ProgramClasses classes, Optional<Path> cache) {
        this.java = java;
        this.classes = classes;
        this.cache = cache;
    }

    /** Prepares the classes and the JDK of the running JVM. */
    static QuickStart find() throws IOException {
        return new QuickStart(ChildJvm.findJava(), ProgramClasses.ofDevNode(), CacheDirectory.find());
    }

    /** Returns the quickest way to start a node; makes what is missing for it. */
    ChildJvm prepare() throws InterruptedException {
        var plain = new ChildJvm(java, classes.classPath(), List.of());
        if (cache.isEmpty()) {
            return plain;
        }
        try {
            Path directory = Files.createDirectories(cache.get().resolve("dev-node-" + key()));
            CacheDirectory.use(directory);
            return prepareIn(directory);
        } catch (IOException | PollTimeoutException e) {
            LoggerFactory.getLogger(QuickStart.class).debug("Dev nodes start without an archive of class data", e);
            return plain;
        }
    }

    private String key() throws IOException {
        return new Fingerprint()
                .add(ChildJvm.fingerprint(java))
                .add(classes.fingerprint())
                .hex()
                .substring(0, NAME_LENGTH);
    }

    private ChildJvm prepareIn(Path directory) throws IOException, InterruptedException {
        Path jar = directory.resolve("dev-node.jar");
        Path archive = directory.resolve("dev-node.jsa");
        Path refused = directory.resolve("no-archive");
        if (!isJar(jar) || !(Files.exists(archive) || Files.exists(refused))) {
            try (var lock = DirectoryLock.acquire(directory, LOCK_LIMIT)) {
                if (!isJar(jar)) {
                    classes.writeJar(jar);
                    Files.deleteIfExists(archive);
                }
                if (!Files.exists(archive) && !Files.exists(refused)) {
                    train(new ChildJvm(java, jar.toString(), List.of()), archive, refused);
                }
            }
        }
        var quick = new ChildJvm(java, jar.toString(), List.of());
        return Files.exists(archive)
                ? quick.withArchive(List.of("-Xshare:auto", "-XX:SharedArchiveFile=" + archive))
                : quick;
    }

    private static void train(ChildJvm jvm, Path archive, Path refused) throws IOException, InterruptedException {
        Path draft = archive.resolveSibling("draft-" + ProcessHandle.current().pid() + ".jsa");
        try {
            new Training(jvm.withArchive(List.of("-XX:ArchiveClassesAtExit=" + draft)), jvm).run();
            if (Files.exists(draft)) {
                Files.move(draft, archive, StandardCopyOption.ATOMIC_MOVE);
            } else {
                Files.writeString(refused, "This JVM left no archive of class data at its exit.\n");
            }
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static boolean isJar(Path file) {
        if (!Files.exists(file)) {
            return false;
        }
        try (var jar = new JarFile(file.toFile(), false)) {
            return jar.size() > 0;
        } catch (IOException e) {
            return false; // a disk that was full: it is written again
        }
    }
}
