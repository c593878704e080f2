package org.junitnomos.docs;

import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a source between {@code // tag::name[]} and {@code // end::name[]}, moved to the left margin; in YAML
 * with {@code #} instead of {@code //}.
 */
final class SourceRegion {

    private SourceRegion() {}

    static String cut(String source, String name, List<String> lines) {
        int from = indexOf(lines, "tag::" + name + "[]");
        int to = indexOf(lines, "end::" + name + "[]");
        if (from < 0 || to < from) {
            throw new IllegalArgumentException(
                    "%s has no region '%s': expected the lines '// tag::%s[]' and, below it, '// end::%s[]'"
                            .formatted(source, name, name, name));
        }
        var region = new ArrayList<>(lines.subList(from + 1, to));
        region.removeIf(line -> line.strip().matches("(//|#) (tag|end)::\\S+\\[]"));
        return String.join("\n", region).stripIndent().stripTrailing();
    }

    private static int indexOf(List<String> lines, String marker) {
        for (int at = 0; at < lines.size(); at++) {
            String line = lines.get(at).strip();
            if (line.equals("// " + marker) || line.equals("# " + marker)) {
                return at;
            }
        }
        return -1;
    }
}
