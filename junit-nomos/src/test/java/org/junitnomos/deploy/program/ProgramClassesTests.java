package org.junitnomos.deploy.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.mantle.MantleJson;

class ProgramClassesTests {
    private static final String DEV_NODE = "org/junitnomos/devnode/program/DevNodeMain.class";

    @TempDir
    Path directory;

    private static ProgramClasses ours() throws IOException {
        return ProgramClasses.ofDevNode(ProgramClassesTests.class.getClassLoader());
    }

    @Test
    void namesEachLibraryOnceAndNothingElse() throws IOException {
        var entries = Arrays.stream(ours().classPath().split(System.getProperty("path.separator")))
                .map(entry -> Path.of(entry).getFileName().toString())
                .toList();

        assertThat(entries).hasSize(7).doesNotHaveDuplicates();
        assertThat(entries.stream().filter(entry -> entry.endsWith(".jar")))
                .allMatch(entry -> entry.matches("(jackson-|snakeyaml-engine|bcprov|slf4j-api|junit-nomos).*"));
    }

    @Test
    void findsLibrariesThroughTheManifestOfAJarWithoutClasses() throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Arrays.stream(ours().classPath().split(System.getProperty("path.separator")))
                                .map(entry -> Path.of(entry).toUri().toString())
                                .collect(Collectors.joining(" ")));
        Path pathing = directory.resolve("pathing.jar");
        new JarOutputStream(Files.newOutputStream(pathing), manifest).close();

        try (var loader = new URLClassLoader(new URL[] {pathing.toUri().toURL()}, null)) {
            assertThat(ProgramClasses.ofDevNode(loader).classPath()).isEqualTo(ours().classPath());
        }
    }

    @Test
    void tellsWhichLibraryIsMissing() throws IOException {
        try (var empty = new URLClassLoader(new URL[0], null)) {
            assertThatThrownBy(() -> ProgramClasses.ofDevNode(empty))
                    .isInstanceOf(IOException.class)
                    .hasMessage("class org.junitnomos.devnode.program.DevNodeMain of junit-nomos is not on the class"
                            + " path. Add junit-nomos, in the version that junit-nomos asks for");
        }
    }

    @Test
    void refusesAJarWithinAJar() throws IOException {
        Path app = directory.resolve("app.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(app))) {
            out.putNextEntry(new ZipEntry("BOOT-INF/classes/" + DEV_NODE));
        }
        var nested = URI.create("jar:" + app.toUri() + "!/BOOT-INF/classes/" + DEV_NODE)
                .toURL();
        var loader = new ClassLoader(null) {
            @Override
            public URL getResource(String name) {
                return name.equals(DEV_NODE) ? nested : super.getResource(name);
            }
        };

        assertThatThrownBy(() -> ProgramClasses.ofDevNode(loader))
                .isInstanceOf(IOException.class)
                .hasMessage("class org.junitnomos.devnode.program.DevNodeMain was loaded from " + nested
                        + ", where no other JVM can load it from. Run the tests with junit-nomos as a jar or a directory"
                        + " on the class path, not packed into another jar, or choose backend 'embedded'");
    }

    @Test
    void writesAJarOfWhatADevNodeNeedsWithoutSignatures() throws Exception {
        Path jar = directory.resolve("dev-node.jar");

        ours().writeJar(jar);

        try (var written = new JarFile(jar.toFile())) {
            var names = written.stream().map(ZipEntry::getName).toList();
            assertThat(names)
                    .contains(DEV_NODE, "org/bouncycastle/math/ec/rfc8032/Ed25519.class")
                    .allMatch(name -> name.endsWith(".class"))
                    .noneMatch(name -> name.startsWith("org/junitnomos/jupiter/") || name.startsWith("META-INF/"));
        }
        try (var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            var json = loader.loadClass(MantleJson.class.getName());
            assertThat(json.getMethod("decodeApiBlocks", byte[].class).invoke(null, (Object) "[]".getBytes()))
                    .isEqualTo(List.of());
        }
        assertThat(directory).isDirectoryNotContaining("glob:**.draft");
    }

    @Test
    void hasAnotherFingerprintWhenAClassChanges() throws IOException {
        Path classes = Files.createDirectories(directory.resolve("classes/org/junitnomos/devnode"));
        var source = new ClassSource("ours", List.of("org/junitnomos/devnode/"), directory.resolve("classes"));
        var subject = new ProgramClasses(List.of(source));
        write(classes.resolve("A.class"), "one");
        String before = subject.fingerprint();

        write(classes.resolve("A.class"), "one");
        write(classes.resolve("notes.txt"), "whatever");
        assertThat(subject.fingerprint()).isEqualTo(before);
        write(classes.resolve("A.class"), "two");
        assertThat(subject.fingerprint()).isNotEqualTo(before);
    }

    private static void write(Path file, String content) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(content.getBytes());
        }
    }
}
