package org.junitnomos.deploy.program;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apiguardian.api.API;

/**
 * Keeps whole libraries where no build deletes them, for a program that starts when their class path may be gone.
 * Copies are named by the hash of all of them and shared by all test JVMs that have the same.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class KeptLibraries {
    private static final int HASH_LENGTH = 20;
    private static final long FIXED_TIME = 315_619_200_000L; // 1980-01-02: the content alone makes the jar

    private KeptLibraries() {}

    /**
     * Copies libraries unless they are there and whole.
     *
     * @param loader knows them
     * @param resources names of what they have, such as {@code org/example/Main.class}: each jar and each directory
     *     that has one is taken
     * @return their class path
     * @throws IOException if one of the resources is nowhere, or in no jar or directory, or no copy can be written
     */
    public static List<Path> keep(ClassLoader loader, List<String> resources) throws IOException {
        Path cache =
                CacheDirectory.find().orElseThrow(() -> new IOException("no directory for a cache can be written"));
        return keepIn(cache, places(loader, resources));
    }

    static List<Path> keepIn(Path cache, List<Path> places) throws IOException {
        var hash = new Fingerprint();
        for (Path place : places) {
            hash.add(name(place)).add(content(place));
        }
        Path directory =
                Files.createDirectories(cache.resolve("libraries-" + hash.hex().substring(0, HASH_LENGTH)));
        CacheDirectory.use(directory);
        return copy(places, directory);
    }

    static List<Path> places(ClassLoader loader, List<String> resources) throws IOException {
        Set<Path> places = new LinkedHashSet<>();
        for (String resource : resources) {
            var found = Collections.list(loader.getResources(resource));
            if (found.isEmpty()) {
                throw new IOException(resource + " is not on the class path");
            }
            for (var url : found) {
                try {
                    places.add(ClassSource.place(url, resource));
                } catch (URISyntaxException | IllegalArgumentException e) {
                    throw new IOException(url + " is neither a file nor an entry of a jar file", e);
                }
            }
        }
        return List.copyOf(places);
    }

    private static List<Path> copy(List<Path> places, Path directory) throws IOException {
        var copies = new ArrayList<Path>();
        for (Path place : places) {
            Path copy = directory.resolve(copies.size() + "-" + name(place));
            byte[] content = content(place);
            if (!Files.exists(copy) || !Arrays.equals(Files.readAllBytes(copy), content)) {
                write(content, copy);
            }
            copies.add(copy);
        }
        return List.copyOf(copies);
    }

    private static String name(Path place) {
        return Files.isDirectory(place) ? "classes.jar" : place.getFileName().toString();
    }

    /** One after the other, because all of them together would not fit into the heap of every test JVM. */
    private static byte[] content(Path place) throws IOException {
        return Files.isDirectory(place) ? jar(place) : Files.readAllBytes(place);
    }

    private static byte[] jar(Path classes) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ZipOutputStream(bytes);
                var tree = Files.walk(classes)) {
            out.setLevel(Deflater.BEST_SPEED);
            for (Path file : tree.filter(Files::isRegularFile).sorted().toList()) {
                var entry = new ZipEntry(classes.relativize(file).toString().replace('\\', '/'));
                entry.setTime(FIXED_TIME);
                out.putNextEntry(entry);
                Files.copy(file, out);
                out.closeEntry();
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return bytes.toByteArray();
    }

    /** Writes it whole or not at all; other JVMs may do the same just now. */
    private static void write(byte[] content, Path copy) throws IOException {
        Path draft = Files.createTempFile(copy.getParent(), "library", ".draft");
        try {
            Files.write(draft, content);
            Files.move(draft, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
