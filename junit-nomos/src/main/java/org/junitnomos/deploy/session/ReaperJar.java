package org.junitnomos.deploy.session;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junitnomos.deploy.program.CacheDirectory;
import org.junitnomos.deploy.program.Fingerprint;
import org.junitnomos.deploy.program.ProgramClasses;

/**
 * Keeps the classes of the reaper in a jar of its own, because the build may delete the class path of the tests while
 * the owner of a session runs. It is named by the hash of its bytes and shared by all sessions that have the same.
 */
final class ReaperJar {
    /** All that the reaper uses, beside the JDK; none of it uses another package of ours. */
    static final List<String> PACKAGES = List.of(
            "org/junitnomos/deploy/engine/",
            "org/junitnomos/deploy/nft/",
            "org/junitnomos/deploy/program/",
            "org/junitnomos/deploy/session/",
            "org/junitnomos/time/");

    private static final String NAME = "reaper.jar";
    private static final int HASH_LENGTH = 20;

    private ReaperJar() {}

    /**
     * Finds the jar, and writes it unless it is there and whole.
     *
     * @return empty if nothing can be kept longer than a session
     * @throws IOException if the classes cannot be found, or not be written
     */
    static Optional<Path> provide() throws IOException {
        var cache = CacheDirectory.find();
        return cache.isPresent() ? Optional.of(provideIn(cache.get())) : Optional.empty();
    }

    /** Writes it where it is kept no longer than a session. */
    static Path write(Path directory) throws IOException {
        return write(bytes(), directory);
    }

    static Path provideIn(Path cache) throws IOException {
        byte[] bytes = bytes();
        String hash = new Fingerprint().add(bytes).hex().substring(0, HASH_LENGTH);
        Path directory = Files.createDirectories(cache.resolve("reaper-" + hash));
        CacheDirectory.use(directory);
        Path jar = directory.resolve(NAME);
        boolean whole = Files.exists(jar) && Arrays.equals(Files.readAllBytes(jar), bytes);
        return whole ? jar : write(bytes, directory);
    }

    private static byte[] bytes() throws IOException {
        var bytes = new ByteArrayOutputStream();
        ProgramClasses.of(Reaper.class.getName(), PACKAGES).writeJar(bytes);
        return bytes.toByteArray();
    }

    /** Writes it whole or not at all; other JVMs may do the same just now. */
    private static Path write(byte[] bytes, Path directory) throws IOException {
        Path draft = Files.createTempFile(directory, "reaper", ".draft");
        try {
            Files.write(draft, bytes);
            return Files.move(
                    draft,
                    directory.resolve(NAME),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
