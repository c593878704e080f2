package org.junitnomos.deploy.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReaperJarTests {
    @TempDir
    Path cache;

    private List<Path> files() throws IOException {
        try (Stream<Path> tree = Files.walk(cache)) {
            return tree.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("used"))
                    .toList();
        }
    }

    @Test
    void hasTheReaperAndNeedsNothingElse() throws Exception {
        Path jar = ReaperJar.provideIn(cache);

        try (var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            assertThat(loader.loadClass(Reaper.class.getName()).getDeclaredMethod("main", String[].class))
                    .isNotNull();
        }
        try (var written = new JarFile(jar.toFile())) {
            assertThat(written.stream().map(entry -> entry.getName()))
                    .contains("org/junitnomos/deploy/session/Reaper.class")
                    .allMatch(name -> ReaperJar.PACKAGES.stream().anyMatch(name::startsWith));
        }
        var classes = new ClassFileImporter().importJar(new JarFile(jar.toFile()));
        assertThat(classes.stream()
                        .flatMap(each -> each.getDirectDependenciesFromSelf().stream())
                        .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                        .map(target -> target.getName().replace('.', '/'))
                        .filter(target -> target.startsWith("org/junitnomos/"))
                        .filter(target -> ReaperJar.PACKAGES.stream().noneMatch(target::startsWith)))
                .isEmpty();
    }

    @Test
    void isWrittenOnce() throws IOException {
        Path jar = ReaperJar.provideIn(cache);
        var longAgo = FileTime.fromMillis(1_000_000_000);
        Files.setLastModifiedTime(jar, longAgo);

        assertThat(ReaperJar.provideIn(cache)).isEqualTo(jar);
        assertThat(Files.getLastModifiedTime(jar)).isEqualTo(longAgo);
        assertThat(files()).containsExactly(jar);
    }

    @Test
    void isWrittenAgainIfItIsTorn() throws IOException {
        Path jar = ReaperJar.provideIn(cache);
        byte[] whole = Files.readAllBytes(jar);
        Files.write(jar, List.of("the disk was full"));

        assertThat(ReaperJar.provideIn(cache)).isEqualTo(jar);
        assertThat(jar).hasBinaryContent(whole);
        assertThat(files()).containsExactly(jar);
    }
}
