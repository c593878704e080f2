package org.junitnomos.deploy.container.offline;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.program.CacheDirectory;
import org.junitnomos.deploy.program.DirectoryLock;
import org.junitnomos.deploy.program.Fingerprint;
import org.junitnomos.time.PollTimeoutException;

/**
 * Keeps layers from one test JVM to the next, each in a directory whose name changes with what the layer is made of. Of
 * several JVMs one makes it while the others wait; one that was damaged is made again.
 */
final class LayerCache {
    private static final int KEY_LENGTH = 20;
    private static final Duration LOCK_LIMIT = Duration.ofMinutes(5);
    private static final String TAR = "layer.tar";
    private static final String NOTES = "layer.properties";
    private static final String HASH = "hash";

    private final Path root;

    LayerCache(Path root) {
        this.root = root;
    }

    /** Takes the user's cache, or says how to have one. */
    static LayerCache ofThisUser() throws IOException {
        return in(CacheDirectory.find());
    }

    static LayerCache in(Optional<Path> root) throws IOException {
        if (root.isEmpty()) {
            throw new ImageException(
                    "There is no place to keep the image of dev nodes in: none of $XDG_CACHE_HOME, ~/.cache"
                            + " and the directory for temporary files can be written. Point the environment variable"
                            + " XDG_CACHE_HOME to a directory with 300 MB of room.",
                    null);
        }
        return new LayerCache(root.get());
    }

    /**
     * What is kept.
     *
     * @param hash names what the layer was made of
     * @param directory where it is, with what else its maker left there
     */
    record Kept(ImageLayer layer, String hash, Path directory) {}

    /** Makes a layer. */
    interface Maker {
        /**
         * Puts everything into the layer and returns a hash of what it was made of; files of its own may be left in the
         * directory.
         */
        String make(Path directory, LayerWriter layer) throws IOException, InterruptedException;
    }

    /** Finds a layer, or makes it. */
    Kept find(String kind, Fingerprint key, Maker maker) throws IOException, InterruptedException {
        Path directory = root.resolve(kind + "-" + key.hex().substring(0, KEY_LENGTH));
        try {
            Files.createDirectories(directory);
            CacheDirectory.use(directory);
            Kept kept = kept(directory);
            if (kept != null) {
                return kept;
            }
            try (var lock = DirectoryLock.acquire(directory, LOCK_LIMIT)) {
                kept = kept(directory);
                return kept != null ? kept : make(directory, maker);
            }
        } catch (ImageException e) {
            throw e;
        } catch (IOException e) {
            throw new ImageException(
                    "The image of dev nodes cannot be built in " + directory + ": " + e
                            + ". Make room there, or point the environment variable XDG_CACHE_HOME elsewhere.",
                    e);
        } catch (PollTimeoutException e) {
            throw new ImageException(
                    "Another process has been building the image of dev nodes in " + directory + " for "
                            + LOCK_LIMIT.toMinutes() + " minutes. End it, then try again.",
                    e);
        }
    }

    private static Kept make(Path directory, Maker maker) throws IOException, InterruptedException {
        Files.deleteIfExists(directory.resolve(NOTES));
        try (var writer = new LayerWriter(directory.resolve(TAR))) {
            String hash = maker.make(directory, writer);
            ImageLayer layer = writer.finish();
            var notes = new Properties();
            notes.setProperty(HASH, hash);
            layer.note(notes);
            Path draft = directory.resolve(NOTES + ".draft");
            try (var out = Files.newBufferedWriter(draft)) {
                notes.store(out, null);
            }
            Files.move(draft, directory.resolve(NOTES), StandardCopyOption.ATOMIC_MOVE);
            return new Kept(layer, hash, directory);
        }
    }

    private static @Nullable Kept kept(Path directory) throws IOException {
        var notes = new Properties();
        try (var in = Files.newBufferedReader(directory.resolve(NOTES))) {
            notes.load(in);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return null; // no notes at all
        }
        String hash = notes.getProperty(HASH);
        ImageLayer layer = ImageLayer.noted(notes, directory.resolve(TAR));
        return hash == null || layer == null ? null : new Kept(layer, hash, directory);
    }
}
