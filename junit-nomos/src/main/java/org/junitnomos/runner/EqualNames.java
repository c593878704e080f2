package org.junitnomos.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Knows which simple names several classes of a directory have. */
final class EqualNames {
    private static final String CLASS = ".class";
    private static final Map<Path, SortedSet<String>> FOUND = new ConcurrentHashMap<>();

    private EqualNames() {}

    /** Says whether a simple name stands for one class only; false if nobody can say. */
    static boolean isUnique(String simple, @Nullable Path classes) {
        return classes != null
                && Files.isDirectory(classes)
                && !FOUND.computeIfAbsent(classes, EqualNames::read).contains(simple);
    }

    private static SortedSet<String> read(Path classes) {
        var counts = new TreeMap<String, Integer>();
        try (var files = Files.walk(classes)) {
            files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(CLASS))
                    .forEach(name -> counts.merge(name.substring(0, name.length() - CLASS.length()), 1, Integer::sum));
        } catch (IOException | RuntimeException e) {
            return new TreeSet<>(counts.keySet());
        }
        counts.values().removeIf(count -> count == 1);
        return new TreeSet<>(counts.keySet());
    }
}
