package org.junitnomos.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.engine.Constants;
import org.junit.platform.launcher.Launcher;

class JupiterVersionTests {

    @Test
    void namesFoundNeededAndTheFix(@TempDir Path directory) throws Exception {
        var jar = directory.resolve("junit jupiter-api-5.12.2.jar");
        write(jar, "5.12.2", Test.class); // the annotation that it always had

        assertThat(problem(jar))
                .hasValueSatisfying(text -> assertThat(text)
                        .startsWith(
                                "junit-nomos needs JUnit 5.13 or newer, but found 5.12.2 (junit jupiter-api-5.12.2.jar).")
                        .contains("org.junit:junit-bom:", "<junit-jupiter.version>"));
    }

    @Test
    void namesOneThatDoesNotTellItsVersion(@TempDir Path directory) throws Exception {
        var jar = directory.resolve("api.jar");
        write(jar, null, Test.class);

        assertThat(problem(jar)).hasValueSatisfying(text -> assertThat(text).contains("found an older one (api.jar)"));
    }

    @Test
    void namesAnEngineThatIsOlderThanTheApi(@TempDir Path directory) throws Exception {
        var api = directory.resolve("junit-jupiter-api-5.14.4.jar");
        write(api, "5.14.4", Test.class, ClassTemplate.class);
        var engine = directory.resolve("junit-jupiter-engine-5.12.2.jar");
        write(engine, "5.12.2", Constants.class);
        var platform = directory.resolve("junit-platform-launcher-1.12.2.jar");
        write(platform, "1.12.2", Launcher.class);

        assertThat(problem(api, engine))
                .hasValueSatisfying(text -> assertThat(text)
                        .startsWith(
                                "junit-nomos needs JUnit 5.13 or newer, but found 5.12.2"
                                        + " (junit-jupiter-engine-5.12.2.jar) beside 5.14.4 (junit-jupiter-api-5.14.4.jar). Import ")
                        .endsWith(" Until then tests may not begin, or their runs not end."));
        assertThat(problem(api, platform))
                .hasValueSatisfying(text ->
                        assertThat(text).contains("but found 1.12.2 (junit-platform-launcher-1.12.2.jar) beside"));
    }

    @Test
    void stopsALauncherThatWouldRunNothing(@TempDir Path directory) throws Exception {
        var api = directory.resolve("junit-jupiter-api-5.14.4.jar");
        write(api, "5.14.4", Test.class, ClassTemplate.class);
        for (var version : new String[] {"1.3.1", "1.9.3", "1.11.4"}) {
            var old = directory.resolve("junit-platform-launcher-" + version + ".jar");
            write(old, version, Launcher.class);
            assertThatThrownBy(() -> requireLauncher(api, old))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll(
                            "found " + version + " (junit-platform-launcher-" + version + ".jar) beside 5.14.4",
                            version.equals("1.3.1")
                                    ? "give maven-surefire-plugin and maven-failsafe-plugin version 3.5.4."
                                    : "Import org.junit:junit-bom:");
        }
        for (var version : new String[] {"1.12.2", "1.13.0", "6.0.0"}) {
            var launcher = directory.resolve(version + ".jar");
            write(launcher, version, Launcher.class);
            assertThatCode(() -> requireLauncher(api, launcher)).as(version).doesNotThrowAnyException();
        }
    }

    @Test
    void takesOthersThatAreNewEnough(@TempDir Path directory) throws Exception {
        var api = directory.resolve("api.jar");
        write(api, "5.13.0", Test.class, ClassTemplate.class);
        for (var version : new String[] {"5.13.0", "5.20.1", "1.13.4", "1.14.0-M1", "6.1.3", null}) {
            var engine = directory.resolve(version + ".jar");
            write(engine, version, Constants.class);
            assertThat(problem(api, engine)).as(version).isEmpty();
        }
    }

    @Test
    void hasNothingToSayOfAnotherEngineAndOfThisBuild() {
        var nothing = ClassLoader.getPlatformClassLoader();
        var out = new ByteArrayOutputStream();

        JupiterVersion.check(nothing, new PrintStream(out, true, StandardCharsets.UTF_8));
        JupiterVersion.check(getClass().getClassLoader(), new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    private static void write(Path jar, String version, Class<?>... types) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (version != null) {
            manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
        }
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (var type : types) {
                try (var bytes = type.getResourceAsStream(type.getSimpleName() + ".class")) {
                    out.putNextEntry(new JarEntry(type.getName().replace('.', '/') + ".class"));
                    bytes.transferTo(out);
                }
            }
        }
    }

    private static Optional<String> problem(Path... jars) throws IOException {
        try (var loader = loader(jars)) {
            return JupiterVersion.problem(loader);
        }
    }

    private static void requireLauncher(Path... jars) throws IOException {
        try (var loader = loader(jars)) {
            JupiterVersion.requireLauncher(loader);
        }
    }

    private static URLClassLoader loader(Path... jars) throws IOException {
        var urls = new URL[jars.length];
        for (int i = 0; i < jars.length; i++) {
            urls[i] = jars[i].toUri().toURL();
        }
        return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    }
}
