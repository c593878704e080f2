package org.junitnomos.jupiter;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * Says that JUnit is too old, before it fails to load this extension with an error that nobody understands. Uses
 * nothing that an old JUnit lacks.
 */
final class JupiterVersion {
    private static final String API = "org.junit.jupiter.api.Test";
    /** Came with the class templates of 5.13, on which the extension stands. */
    private static final String NEEDED = "org.junit.jupiter.api.ClassTemplate";

    private JupiterVersion() {}

    /** Writes what is wrong, if JUnit is too old; a launcher without Jupiter runs none of our tests. */
    static void check(ClassLoader loader, PrintStream out) {
        problem(loader).ifPresent(text -> out.println("[nomos] " + text));
    }

    static Optional<String> problem(ClassLoader loader) {
        Class<?> api = find(API, loader);
        if (api == null || find(NEEDED, loader) != null) {
            return Optional.empty();
        }
        return Optional.of("junit-nomos needs JUnit 5.13 or newer, but found " + describe(api)
                + ". Import org.junit:junit-bom:5.14.4 before other BOMs in dependencyManagement, or, where the"
                + " parent is that of Spring Boot, set its property:"
                + " <junit-jupiter.version>5.14.4</junit-jupiter.version>. Until then JUnit cannot load the extension,"
                + " and its tests fail with TypeNotPresent or NoClassDefFoundError.");
    }

    private static @Nullable Class<?> find(String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }

    private static String describe(Class<?> api) {
        var source = api.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return "an older one";
        }
        try {
            var jar = Path.of(source.getLocation().toURI());
            return version(jar) + " (" + jar.getFileName() + ")";
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            return "an older one";
        }
    }

    private static String version(Path jar) {
        try (var file = new JarFile(jar.toFile())) {
            var manifest = file.getManifest();
            String version =
                    manifest == null ? null : manifest.getMainAttributes().getValue("Implementation-Version");
            return version == null ? "an older one" : version;
        } catch (IOException e) {
            return "an older one";
        }
    }
}
