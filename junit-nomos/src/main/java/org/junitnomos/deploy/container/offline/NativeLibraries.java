package org.junitnomos.deploy.container.offline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the libraries of this machine that a JRE needs: its C library, of whatever make, and what else it is linked to.
 *
 * <p>In the image all of them lie where the C library lies here: its loader looks there without being told. The loader
 * itself has its path from the program.
 */
final class NativeLibraries {
    /** Which glibc before 2.34 opens by name to look up names of users and machines. */
    private static final List<String> FOR_NAMES = List.of("libnss_files.so.2", "libnss_dns.so.2", "libresolv.so.2");

    private final List<Path> directories;

    private NativeLibraries(List<Path> directories) {
        this.directories = List.copyOf(directories);
    }

    /** Looks where loaders look, and first where the running JVM has its libraries from. */
    static NativeLibraries ofThisMachine() throws IOException {
        return in(searched());
    }

    static NativeLibraries in(List<Path> directories) {
        return new NativeLibraries(directories);
    }

    private static List<Path> searched() throws IOException {
        var found = new LinkedHashSet<Path>();
        String triplet = System.getProperty("os.arch").equals("aarch64") ? "aarch64-linux-gnu" : "x86_64-linux-gnu";
        for (String place : List.of(
                "/lib/" + triplet,
                "/usr/lib/" + triplet,
                "/lib64",
                "/usr/lib64",
                "/lib",
                "/usr/lib",
                "/usr/local/lib")) {
            found.add(Path.of(place));
        }
        for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
            int start = line.indexOf('/');
            if (start > 0 && line.contains(".so") && !line.endsWith("(deleted)")) {
                found.add(Objects.requireNonNull(Path.of(line.substring(start)).getParent(), "a directory"));
            }
        }
        return List.copyOf(found);
    }

    /**
     * Finds what programs and libraries need, and what that needs.
     *
     * @param program has the loader's path
     * @param files program and libraries; what one of them is, another may need
     * @return by path in the image, the file of this machine
     * @throws IOException if a library is missing; says which, and who needs it
     */
    Map<String, Path> neededBy(Path program, List<Path> files) throws IOException {
        ElfFile first = ElfFile.read(program);
        if (first == null || first.interpreter() == null) {
            throw new IOException(program + " is no 64-bit program of Linux that names its loader");
        }
        Path loader = Path.of(first.interpreter());
        Map<String, Path> found = closure(first, loader, files);
        Path home = found.entrySet().stream()
                .filter(library -> library.getKey().startsWith("libc."))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(loader)
                .getParent();
        if (home == null) {
            throw new IOException("the C library " + loader + " is in no directory");
        }
        for (String name : FOR_NAMES) {
            Path file = home.resolve(name);
            if (found.containsKey("libc.so.6") && Files.exists(file)) {
                found.putIfAbsent(name, file);
            }
        }
        var placed = new TreeMap<String, Path>();
        placed.put(loader.toString(), loader);
        found.forEach((name, file) -> placed.put(home.resolve(name).toString(), file));
        return Collections.unmodifiableMap(placed);
    }

    private Map<String, Path> closure(ElfFile first, Path loader, List<Path> files) throws IOException {
        Set<String> known = new LinkedHashSet<>();
        known.add(Objects.requireNonNull(loader.getFileName(), "a name").toString());
        files.forEach(file -> known.add(file.getFileName().toString()));
        Deque<Path> left = new ArrayDeque<>(files);
        var found = new LinkedHashMap<String, Path>();
        while (!left.isEmpty()) {
            Path file = left.remove();
            ElfFile elf = ElfFile.read(file);
            if (elf == null) {
                continue;
            }
            for (String name : elf.needed()) {
                if (known.add(name)) {
                    Path library = find(name, file, elf, first.machine());
                    found.put(name, library);
                    left.add(library);
                }
            }
        }
        return found;
    }

    private Path find(String name, Path user, ElfFile elf, int machine) throws IOException {
        var places = new ArrayList<Path>();
        Path origin = Objects.requireNonNull(user.getParent(), "a directory");
        for (String place : elf.searchPath()) {
            places.add(Path.of(place.replace("${ORIGIN}", "$ORIGIN").replace("$ORIGIN", origin.toString())));
        }
        places.addAll(directories);
        for (Path place : places) {
            Path candidate = place.resolve(name);
            if (Files.isRegularFile(candidate)) {
                @Nullable ElfFile library = ElfFile.read(candidate);
                if (library != null && library.machine() == machine) {
                    return candidate;
                }
            }
        }
        throw new IOException("library " + name + ", which " + user + " needs, is in none of " + places
                + ". Install it, or set a base image");
    }
}
