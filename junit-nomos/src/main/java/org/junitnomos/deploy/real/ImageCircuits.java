package org.junitnomos.deploy.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import org.junitnomos.deploy.program.CacheDirectory;
import org.junitnomos.deploy.program.DirectoryTrees;
import org.junitnomos.deploy.program.Fingerprint;

/** Copies the circuits of an image to this machine, once for each image. */
final class ImageCircuits {
    private static final int NAME_LENGTH = 20;

    private ImageCircuits() {}

    /** {@return a directory with the circuits that zksign needs} */
    static Path copy(RealImage image, Path circuits) throws IOException {
        Path cache = CacheDirectory.find()
                .orElseThrow(() -> new IOException("the circuits of " + image.described() + " have no place on this"
                        + " machine: no cache directory can be written to. Set NOMOS_CIRCUITS to a release of them"));
        return copy(image, circuits, cache);
    }

    static Path copy(RealImage image, Path circuits, Path cache) throws IOException {
        String name = new Fingerprint()
                .add(image.described())
                .add(circuits.toString())
                .hex()
                .substring(0, NAME_LENGTH);
        Path directory = cache.resolve("image-circuits-" + name);
        if (!Files.isDirectory(directory)) {
            Path draft = Files.createTempDirectory(cache, "draft-circuits");
            try {
                var source = new CircuitFiles(circuits);
                var target = new CircuitFiles(draft);
                image.copy(parent(source.witnessGenerator()), parent(target.witnessGenerator()));
                if (!file(image, source.prover(), target.prover())) {
                    throw new IOException(image.described() + " has no file " + source.prover());
                }
                file(image, circuits.resolve("VERSION"), draft.resolve("VERSION")); // not in all releases
                Files.move(draft, directory, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException | RuntimeException e) {
                DirectoryTrees.delete(draft);
                if (!Files.isDirectory(directory)) { // another test JVM was faster
                    throw e;
                }
            }
        }
        CacheDirectory.use(directory);
        return directory;
    }

    private static Path parent(Path file) {
        return Objects.requireNonNull(file.getParent(), "a directory");
    }

    /** Copies a file; false if there is none. */
    private static boolean file(RealImage image, Path source, Path target) throws IOException {
        try (var opened = image.open(source).orElse(null)) {
            if (opened == null) {
                return false;
            }
            Files.copy(opened.content(), target);
            if (opened.isExecutable() && !target.toFile().setExecutable(true)) {
                throw new IOException("no permission to execute can be given to " + target);
            }
            return true;
        }
    }
}
