package org.junitnomos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What users read: the README, the pages that are not for contributors, and the samples. */
final class UserPages {
    private static final List<String> FOR_CONTRIBUTORS =
            List.of("architecture.md", "benchmarks.md", "changelog.md", "contributing.md");
    private static final Pattern WORD = Pattern.compile("\\w+");

    private UserPages() {}

    /** Every word of them. */
    static Set<String> words(Path root) throws IOException {
        var words = new TreeSet<String>();
        collect(root.resolve("README.md"), words);
        try (var pages = Files.list(root.resolve("docs"));
                var samples = Files.walk(root.resolve("samples/src"))) {
            for (var page : pages.filter(file -> file.toString().endsWith(".md"))
                    .filter(file ->
                            !FOR_CONTRIBUTORS.contains(file.getFileName().toString()))
                    .toList()) {
                collect(page, words);
            }
            for (var sample :
                    samples.filter(file -> file.toString().endsWith(".java")).toList()) {
                collect(sample, words);
            }
        }
        return words;
    }

    private static void collect(Path file, Set<String> words) throws IOException {
        var found = WORD.matcher(Files.readString(file));
        while (found.find()) {
            words.add(found.group());
        }
    }
}
