package org.junitnomos.deploy.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptLibrariesTests {
    @TempDir
    Path directory;

    private Path cache;
    private Path classes;
    private Path jar;

    @BeforeEach
    void makeLibraries() throws IOException {
        cache = Files.createDirectory(directory.resolve("cache"));
        classes = Files.createDirectories(directory.resolve("classes"));
        Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(classes.resolve("META-INF/services/a.Service"), "a.Mine\n");
        jar = directory.resolve("other-1.0.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("META-INF/services/a.Service"));
            out.write("a.Other\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            out.putNextEntry(new ZipEntry("a/Other.class"));
        }
    }

    private List<Path> places(String... resources) throws IOException {
        var urls = new URL[] {classes.toUri().toURL(), jar.toUri().toURL()};
        try (var loader = new URLClassLoader(urls, null)) {
            return KeptLibraries.places(loader, List.of(resources));
        }
    }

    @Test
    void areAllThatHaveAResourceEachOnce() throws IOException {
        assertThat(places("a/Other.class")).containsExactly(jar);
        assertThat(places("a/Other.class", "META-INF/services/a.Service")).containsExactly(jar, classes);
    }

    @Test
    void mustBeThere() {
        assertThatThrownBy(() -> places("a/Gone.class"))
                .isInstanceOf(IOException.class)
                .hasMessage("a/Gone.class is not on the class path");
    }

    @Test
    void areCopiedWhole() throws IOException {
        byte[] original = Files.readAllBytes(jar);

        var kept = KeptLibraries.keepIn(cache, List.of(classes, jar));
        DirectoryTrees.delete(classes);
        Files.delete(jar);

        assertThat(kept).allMatch(file -> file.startsWith(cache));
        assertThat(kept.get(1)).hasFileName("1-other-1.0.jar").hasBinaryContent(original);
        try (var written = new JarFile(kept.get(0).toFile())) {
            assertThat(written.getInputStream(written.getEntry("META-INF/services/a.Service")))
                    .hasContent("a.Mine");
        }
    }

    @Test
    void areWrittenOnceAndAgainIfTorn() throws IOException {
        var kept = KeptLibraries.keepIn(cache, List.of(classes, jar));
        var longAgo = FileTime.fromMillis(1_000_000_000);
        Files.setLastModifiedTime(kept.get(0), longAgo);
        Files.writeString(kept.get(1), "the disk was full");

        assertThat(KeptLibraries.keepIn(cache, List.of(classes, jar))).isEqualTo(kept);
        assertThat(Files.getLastModifiedTime(kept.get(0))).isEqualTo(longAgo);
        assertThat(kept.get(1)).hasSameBinaryContentAs(jar);
    }

    @Test
    void thatDifferAreKeptElsewhere() throws IOException {
        var before = KeptLibraries.keepIn(cache, List.of(classes));
        Files.writeString(classes.resolve("new"), "x");

        assertThat(KeptLibraries.keepIn(cache, List.of(classes))).doesNotContainAnyElementsOf(before);
    }
}
