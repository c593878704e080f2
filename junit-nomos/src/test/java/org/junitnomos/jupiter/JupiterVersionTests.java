package org.junitnomos.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JupiterVersionTests {

    @Test
    void namesFoundNeededAndTheFix(@TempDir Path directory) throws Exception {
        var jar = directory.resolve("junit jupiter-api-5.12.2.jar");
        write(jar, "5.12.2");

        assertThat(problem(jar))
                .hasValueSatisfying(text -> assertThat(text)
                        .startsWith(
                                "junit-nomos needs JUnit 5.13 or newer, but found 5.12.2 (junit jupiter-api-5.12.2.jar).")
                        .contains("org.junit:junit-bom:", "<junit-jupiter.version>"));
    }

    @Test
    void namesOneThatDoesNotTellItsVersion(@TempDir Path directory) throws Exception {
        var jar = directory.resolve("api.jar");
        write(jar, null);

        assertThat(problem(jar)).hasValueSatisfying(text -> assertThat(text).contains("found an older one (api.jar)"));
    }

    @Test
    void hasNothingToSayOfAnotherEngineAndOfThisBuild() {
        var nothing = ClassLoader.getPlatformClassLoader();
        var out = new ByteArrayOutputStream();

        JupiterVersion.check(nothing, new PrintStream(out, true, StandardCharsets.UTF_8));
        JupiterVersion.check(getClass().getClassLoader(), new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    /** Writes a JAR with nothing of Jupiter but the annotation that it always had. */
    private static void write(Path jar, String version) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (version != null) {
            manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
        }
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                var bytes = Test.class.getResourceAsStream("Test.class")) {
            out.putNextEntry(new JarEntry("org/junit/jupiter/api/Test.class"));
            bytes.transferTo(out);
        }
    }

    private static Optional<String> problem(Path jar) throws IOException {
        var urls = new URL[] {jar.toUri().toURL()};
        try (var loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            return JupiterVersion.problem(loader);
        }
    }
}
