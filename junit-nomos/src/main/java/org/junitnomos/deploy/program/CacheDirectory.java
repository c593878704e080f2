package org.junitnomos.deploy.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.junitnomos.deploy.program.PrivateDirectory.NotPrivateException;
import org.slf4j.LoggerFactory;

/** Finds a place for what may be kept from one test JVM to the next: a directory that only this user can write. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class CacheDirectory {
    private static final String USED = "used";
    private static final Duration UNUSED_LIMIT = Duration.ofDays(7);

    private CacheDirectory() {}

    /**
     * Finds the first place that can be written and is of this user alone; empty if there is none, and nothing can be
     * kept. Tells the log of one that is not.
     */
    public static Optional<Path> find() {
        return find(places());
    }

    /**
     * Finds the first place.
     *
     * @param places directories that must be private, each in the one before; the last is the place
     */
    static Optional<Path> find(List<List<Path>> places) {
        var log = LoggerFactory.getLogger(CacheDirectory.class);
        for (var place : places) {
            Path directory = place.get(place.size() - 1);
            try {
                for (Path each : place) {
                    PrivateDirectory.create(each);
                }
                return Optional.of(directory);
            } catch (NotPrivateException e) {
                log.warn("Nothing is kept in {}, nor taken from there: {}", directory, e.getMessage());
            } catch (IOException | RuntimeException e) {
                log.debug("Nothing is kept in {}", directory, e);
            }
        }
        return Optional.empty();
    }

    private static List<List<Path>> places() {
        var places = new ArrayList<List<Path>>();
        String caches = System.getenv("XDG_CACHE_HOME");
        if (caches != null && !caches.isBlank()) {
            places.add(List.of(Path.of(caches, "junit-nomos")));
        }
        String home = System.getProperty("user.home", "");
        if (!home.isBlank() && !home.equals("?")) {
            places.add(List.of(Path.of(home, ".cache", "junit-nomos")));
        }
        String user = System.getProperty("user.name", "nobody").replaceAll("[^A-Za-z0-9._-]", "_");
        Path shared = Path.of(System.getProperty("java.io.tmpdir"), "nomos-" + user);
        places.add(List.of(shared, shared.resolve("cache")));
        return places;
    }

    /**
     * Notes that a directory in the cache is used, and deletes those that nobody used for a week.
     *
     * @param directory a directory right in the cache
     * @throws IOException if it cannot be written
     */
    public static void use(Path directory) throws IOException {
        Path mark = directory.resolve(USED);
        Files.write(mark, new byte[] {'\n'}); // others may do the same right now
        FileTime now = Files.getLastModifiedTime(mark);
        try (var others = Files.newDirectoryStream(directory.getParent())) {
            for (Path other : others) {
                if (!other.equals(directory)) {
                    deleteIfUnused(other, now);
                }
            }
        }
    }

    private static void deleteIfUnused(Path directory, FileTime now) {
        try {
            if (isUnused(directory, now)) {
                DirectoryTrees.delete(directory);
            }
        } catch (IOException e) {
            LoggerFactory.getLogger(CacheDirectory.class).debug("Not deleted, or by another: {}", directory, e);
        }
    }

    private static boolean isUnused(Path directory, FileTime now) throws IOException {
        Path mark = directory.resolve(USED);
        Path newest = Files.exists(mark) ? mark : directory;
        return Files.getLastModifiedTime(newest).toInstant().plus(UNUSED_LIMIT).isBefore(now.toInstant());
    }
}
