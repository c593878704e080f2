package org.junitnomos.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One page of the documentation: its lines, its marked snippets, its links.
 *
 * <p>A snippet is marked by the line {@code <!-- snippet: path/of/Source.java #name -->} right above its fence, one of a
 * whole file by the same line without a name, and a table by {@code <!-- table: kind path/of/Source.java -->}.
 */
record MarkdownPage(Path file, List<String> lines) {

    private static final Pattern MARKER = Pattern.compile("<!--\\s*snippet:\\s*(\\S+)(?:\\s+#(\\S+))?\\s*-->");
    private static final Pattern TABLE = Pattern.compile("<!--\\s*table:\\s*(\\S+)\\s+(\\S+)\\s*-->");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");

    MarkdownPage {
        lines = List.copyOf(lines);
    }

    static MarkdownPage read(Path file) throws IOException {
        return new MarkdownPage(file, Files.readAllLines(file));
    }

    /** A quoted region: which source it quotes, and the lines between its fences, by index; no name: the whole file. */
    record Snippet(String source, String name, int markerLine, int firstLine, int endLine, String text) {}

    /** A link to a file of this repository, with the line it stands in. */
    record Link(String target, int line) {}

    List<Snippet> snippets() {
        var snippets = new ArrayList<Snippet>();
        boolean inFence = false;
        for (int at = 0; at < lines.size(); at++) {
            var marker = MARKER.matcher(lines.get(at).strip());
            if (lines.get(at).startsWith("```")) {
                inFence = !inFence;
            } else if (!inFence && marker.matches()) {
                snippets.add(snippet(
                        marker.group(1), Optional.ofNullable(marker.group(2)).orElse(""), at));
            }
        }
        return snippets;
    }

    /** A table that is made from a source: of which kind, and the lines below its marker, by index. */
    record Table(String kind, String source, int firstLine, int endLine, String text) {}

    List<Table> tables() {
        var tables = new ArrayList<Table>();
        for (int at = 0; at < lines.size(); at++) {
            var marker = TABLE.matcher(lines.get(at).strip());
            if (marker.matches()) {
                int end = at + 1;
                while (end < lines.size() && lines.get(end).startsWith("|")) {
                    end++;
                }
                tables.add(new Table(
                        marker.group(1), marker.group(2), at + 1, end, String.join("\n", lines.subList(at + 1, end))));
            }
        }
        return tables;
    }

    private Snippet snippet(String source, String name, int marker) {
        int fence = marker + 1;
        while (fence < lines.size() && lines.get(fence).isBlank()) {
            fence++;
        }
        if (fence == lines.size() || !lines.get(fence).startsWith("```")) {
            throw new IllegalArgumentException(
                    "%s line %d: the snippet marker '#%s' must stand right above a fence (```)"
                            .formatted(file, marker + 1, name));
        }
        for (int end = fence + 1; end < lines.size(); end++) {
            if (lines.get(end).startsWith("```")) {
                return new Snippet(
                        source, name, marker + 1, fence + 1, end, String.join("\n", lines.subList(fence + 1, end)));
            }
        }
        throw new IllegalArgumentException("%s line %d: the fence is never closed".formatted(file, fence + 1));
    }

    /** The page with other text between the fences of a snippet. */
    MarkdownPage with(Snippet snippet, String text) {
        return with(snippet.firstLine(), snippet.endLine(), text);
    }

    /** The page with another table below a marker. */
    MarkdownPage with(Table table, String text) {
        return with(table.firstLine(), table.endLine(), text);
    }

    private MarkdownPage with(int from, int to, String text) {
        var changed = new ArrayList<>(lines.subList(0, from));
        changed.addAll(text.lines().toList());
        changed.addAll(lines.subList(to, lines.size()));
        return new MarkdownPage(file, changed);
    }

    /** Links to files of this repository; code and links to the outside are left out. */
    List<Link> links() {
        var links = new ArrayList<Link>();
        boolean inFence = false;
        for (int at = 0; at < lines.size(); at++) {
            if (lines.get(at).stripLeading().startsWith("```")) {
                inFence = !inFence;
            } else if (!inFence) {
                var link = LINK.matcher(lines.get(at).replaceAll("`[^`]*`", "code"));
                while (link.find()) {
                    if (!link.group(1).matches("[a-z]+:.*")) {
                        links.add(new Link(link.group(1), at + 1));
                    }
                }
            }
        }
        return links;
    }

    /** Whether a heading of the page has this anchor, as a forge derives it from the heading's words. */
    boolean hasAnchor(String anchor) {
        return lines.stream()
                .map(MarkdownPage::anchorOf)
                .flatMap(Optional::stream)
                .anyMatch(anchor::equals);
    }

    private static Optional<String> anchorOf(String line) {
        return line.matches("#{1,6} .*")
                ? Optional.of(line.replaceFirst("#+ ", "")
                        .toLowerCase(java.util.Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .strip()
                        .replace(' ', '-'))
                : Optional.empty();
    }
}
