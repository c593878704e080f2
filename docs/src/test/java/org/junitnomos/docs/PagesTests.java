package org.junitnomos.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Keeps README.md, docs/*.md and .github/*.md true: what they quote is what the samples say, where they point,
 * something is, and what code cites, they have.
 *
 * <p>{@code -Dnomos.docs.update=true} first copies the samples' regions, and tables of the Javadoc, into the pages.
 */
class PagesTests {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    /** Declares a type. */
    private static final Pattern TYPE = Pattern.compile("\\b(?:class|interface|enum|record) ([A-Z]\\w+)");

    /** A class in a page: {@code `RunContext`}, {@code `Deployer.settings()`}. */
    private static final Pattern NAMED = Pattern.compile("`@?([A-Z][a-z]+\\w*)[^`]*`");

    /** Classes of others. */
    private static final List<String> ELSEWHERE = List.of("ServiceLoader", "ExtendWith");

    @TestFactory
    Stream<DynamicTest> quoteSamplesAndJavadocWordForWord() throws IOException {
        var tests = new ArrayList<DynamicTest>();
        for (var page : pages()) {
            if (Boolean.getBoolean("nomos.docs.update")) {
                update(page);
            }
            MarkdownPage.read(page)
                    .snippets()
                    .forEach(snippet -> tests.add(dynamicTest(
                            "%s %s #%s".formatted(ROOT.relativize(page), snippet.source(), snippet.name()),
                            () -> assertThat(snippet.text())
                                    .as(
                                            "%s line %d must quote region '%s' of %s; copy it with -Dnomos.docs.update=true",
                                            ROOT.relativize(page),
                                            snippet.markerLine(),
                                            snippet.name(),
                                            snippet.source())
                                    .isEqualTo(region(snippet)))));
            MarkdownPage.read(page)
                    .tables()
                    .forEach(table -> tests.add(dynamicTest(
                            "%s %s of %s".formatted(ROOT.relativize(page), table.kind(), table.source()),
                            () -> assertThat(table.text())
                                    .as(
                                            "%s line %d must have the %s of %s; write them with -Dnomos.docs.update=true",
                                            ROOT.relativize(page), table.firstLine(), table.kind(), table.source())
                                    .isEqualTo(JavadocTable.of(table.kind(), ROOT.resolve(table.source()))))));
        }
        return tests.stream();
    }

    @Test
    void linkOnlyToWhatExists() throws IOException {
        var dead = new ArrayList<String>();
        for (var page : pages()) {
            for (var link : MarkdownPage.read(page).links()) {
                if (!leadsSomewhere(page, link.target())) {
                    dead.add("%s line %d: %s".formatted(ROOT.relativize(page), link.line(), link.target()));
                }
            }
        }
        assertThat(dead).as("links that lead nowhere").isEmpty();
    }

    @Test
    void haveEverySectionOfTheNodeContractThatCodeCites() throws IOException {
        var sections = ContractCitations.headings(Files.readAllLines(ROOT.resolve("docs/node-contract.md")));
        assertThat(sections).doesNotHaveDuplicates();
        var cited = 0;
        var wrong = new ArrayList<String>();
        for (var source : sources()) {
            for (var number : ContractCitations.in(Files.readString(source))) {
                cited++;
                if (!sections.contains(number)) {
                    wrong.add(ROOT.relativize(source) + ": node contract " + number);
                }
            }
        }
        assertThat(wrong)
                .as("citations of sections that docs/node-contract.md does not have")
                .isEmpty();
        assertThat(cited).as("citations found").isGreaterThan(100);
    }

    @Test
    void theArchitectureNamesOnlyClassesThatExist() throws IOException {
        var types = new TreeSet<String>();
        for (var source : sources()) {
            var text = Files.readString(source);
            TYPE.matcher(text).results().forEach(type -> types.add(type.group(1)));
        }
        var text = Files.readString(ROOT.resolve("docs/architecture.md"));
        var named = NAMED.matcher(text).results().map(name -> name.group(1)).toList();

        assertThat(named).hasSizeGreaterThan(50);
        assertThat(named)
                .filteredOn(name -> !types.contains(name) && !ELSEWHERE.contains(name))
                .isEmpty();
    }

    @Test
    void readmeGivesOneCommandToTryItAndOneToTestIt() throws IOException {
        var readme = Files.readString(ROOT.resolve("README.md"));
        assertThat(readme).containsPattern("(?m)^## Try it\\n(?:(?!^## |```).*\\n)*```\\w*\\nmvn .*\\n```\\n");
        assertThat(readme).containsPattern("(?m)^## Test it\\n(?:(?!^## |```).*\\n)*```\\w*\\nmvn .*\\n```\\n");
    }

    private static boolean leadsSomewhere(Path page, String target) throws IOException {
        var parts = target.split("#", 2);
        var file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        if (!Files.exists(file)) {
            return false;
        }
        return parts.length == 1
                || !file.toString().endsWith(".md")
                || MarkdownPage.read(file).hasAnchor(parts[1]);
    }

    private static List<Path> pages() throws IOException {
        try (var docs = Files.list(ROOT.resolve("docs"));
                var forge = Files.list(ROOT.resolve(".github"))) {
            return Stream.of(Stream.of(ROOT.resolve("README.md")), docs, forge)
                    .flatMap(files -> files)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    /** All Java sources of all modules, tests and benchmarks too. */
    private static List<Path> sources() throws IOException {
        var sources = new ArrayList<Path>();
        try (var modules = Files.newDirectoryStream(ROOT, module -> Files.isDirectory(module.resolve("src")))) {
            for (var module : modules) {
                try (var files = Files.walk(module.resolve("src"))) {
                    files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                }
            }
        }
        sources.sort(null);
        return sources;
    }

    private static String region(MarkdownPage.Snippet snippet) {
        var source = ROOT.resolve(snippet.source());
        try {
            var lines = Files.readAllLines(source);
            return snippet.name().isEmpty()
                    ? String.join("\n", lines)
                    : SourceRegion.cut(snippet.source(), snippet.name(), lines);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the quoted source " + snippet.source(), e);
        }
    }

    private static void update(Path file) throws IOException {
        var page = MarkdownPage.read(file);
        for (int i = 0; i < page.snippets().size(); i++) {
            var snippet = page.snippets().get(i);
            page = page.with(snippet, region(snippet));
        }
        for (int i = 0; i < page.tables().size(); i++) {
            var table = page.tables().get(i);
            page = page.with(table, JavadocTable.of(table.kind(), ROOT.resolve(table.source())));
        }
        Files.write(file, page.lines());
    }
}
