package org.junitnomos.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Keeps the POMs ready for a release: what repositories ask for is there, and what is not for users stays here. */
class PublishedTests {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    /** What repositories ask of a POM that it does not have from its parent. */
    private static final List<String> OF_EACH = List.of("name", "description");

    /** What they ask, too; where the project is, url and scm, a release sets. */
    private static final List<String> OF_PARENTS = List.of("licenses", "developers");

    private static final List<String> SET_BY_A_RELEASE = List.of("url", "scm");

    /** Names the version of this project, in POMs and in Gradle's way. */
    private static final Pattern VERSION = Pattern.compile(
            "<artifactId>junit-nomos[\\w-]*</artifactId>\\s*<version>([^$<]+)</version>|org\\.junitnomos:[\\w-]+:([\\w.-]+)");

    @Test
    void everyPublishedModuleIsDescribed() throws Exception {
        for (var module : List.of("", "junit-nomos", "junit-nomos-k8s", "junit-nomos/bom")) {
            var pom = pom(module);
            assertThat(OF_EACH)
                    .as(module)
                    .allSatisfy(name -> assertThat(text(pom, name)).as(name).isNotBlank());
            if (text(pom, "parent").isEmpty()) {
                assertThat(OF_PARENTS)
                        .as(module)
                        .allSatisfy(name -> assertThat(text(pom, name)).as(name).isNotBlank());
            }
        }
    }

    @Test
    void theBillOfMaterialsSaysWhatTheParentSays() throws Exception {
        var parent = pom("");
        var bom = pom("junit-nomos/bom");
        assertThat(Stream.of(OF_PARENTS, SET_BY_A_RELEASE).flatMap(List::stream))
                .allSatisfy(name -> assertThat(text(bom, name)).as(name).isEqualTo(text(parent, name)));
    }

    @Test
    void whatIsNotForUsersIsNotDeployed() throws Exception {
        for (var module : List.of("samples", "docs")) {
            var skips = pom(module).getElementsByTagName("maven.deploy.skip");
            assertThat(skips.getLength()).as(module).isEqualTo(1);
            assertThat(skips.item(0).getTextContent()).as(module).isEqualTo("true");
        }
    }

    @Test
    void thereIsOneVersion() throws IOException {
        var versions = new TreeSet<String>();
        for (var file : filesWithVersions()) {
            VERSION.matcher(Files.readString(file))
                    .results()
                    .forEach(found -> versions.add(found.group(1) == null ? found.group(2) : found.group(1)));
        }
        assertThat(versions).hasSize(1);
    }

    private static List<Path> filesWithVersions() throws IOException {
        var files = new ArrayList<Path>();
        try (var all = Stream.of("README.md", "pom.xml", "docs", "samples", "junit-nomos", "junit-nomos-k8s", ".ci")
                .map(ROOT::resolve)
                .flatMap(PublishedTests::walk)) {
            all.filter(file -> file.toString().matches(".*(pom\\.xml|\\.md|\\.kts)"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .forEach(files::add);
        }
        return files;
    }

    private static Stream<Path> walk(Path start) {
        try {
            return Files.walk(start);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Element pom(String module) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(ROOT.resolve(module).resolve("pom.xml").toFile())
                .getDocumentElement();
    }

    /** The text of a child, without the space around its words; empty if there is none. */
    private static String text(Element pom, String name) {
        for (Node child = pom.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child.getNodeName().equals(name)) {
                return child.getTextContent().strip().replaceAll("\\s+", " ");
            }
        }
        return "";
    }
}
