package org.junitnomos.jupiter;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says that JUnit is too old, before it fails to load this extension with an error that nobody understands. Uses
 * nothing that an old JUnit lacks.
 */
final class JupiterVersion {
    private static final String API = "org.junit.jupiter.api.Test";

    /** Came with the class templates of 5.13, on which the extension stands. */
    private static final String NEEDED = "org.junit.jupiter.api.ClassTemplate";

    /** What else is of one release with it, unless a build mixes them; the engine closes our runs since 5.13. */
    private static final List<String> OTHERS = List.of(
            "org.junit.jupiter.engine.Constants",
            "org.junit.platform.engine.TestEngine",
            "org.junit.platform.commons.JUnitException",
            "org.junit.platform.launcher.Launcher");

    private static final String OLDER = "an older one";
    private static final Pattern TOO_OLD = Pattern.compile("(5|1)\\.([0-9]|1[0-2])(\\D.*)?");
    private static final AtomicBoolean CHECKED = new AtomicBoolean();

    private JupiterVersion() {}

    /**
     * Checks what is beside this class, and says what is wrong once in a JVM: whoever comes first, as old launchers
     * know no sessions.
     *
     * @return whether the extension can be loaded
     */
    static boolean check() {
        var loader = JupiterVersion.class.getClassLoader();
        if (!CHECKED.getAndSet(true)) {
            check(loader, System.err);
        }
        return find(NEEDED, loader) != null;
    }

    /** Writes what is wrong, if JUnit is too old; a launcher without Jupiter runs none of our tests. */
    static void check(ClassLoader loader, PrintStream out) {
        problem(loader).ifPresent(text -> out.println("[nomos] " + text));
    }

    static Optional<String> problem(ClassLoader loader) {
        Class<?> api = find(API, loader);
        if (api == null) {
            return Optional.empty();
        }
        if (find(NEEDED, loader) == null) {
            return Optional.of(needs(describe(api)) + " Until then JUnit cannot load the extension, and its tests fail"
                    + " with TypeNotPresent or NoClassDefFoundError.");
        }
        return OTHERS.stream()
                .flatMap(name -> Optional.<Class<?>>ofNullable(find(name, loader)).stream())
                .filter(other -> TOO_OLD.matcher(version(other)).matches())
                .findFirst()
                .map(other -> needs(describe(other) + " beside " + describe(api))
                        + " Until then tests may not begin, or their runs not end.");
    }

    private static String needs(String found) {
        return "junit-nomos needs JUnit 5.13 or newer, but found " + found
                + ". Import org.junit:junit-bom:5.14.4 before other BOMs in dependencyManagement, or, where the"
                + " parent is that of Spring Boot, set its property:"
                + " <junit-jupiter.version>5.14.4</junit-jupiter.version>.";
    }

    private static @Nullable Class<?> find(String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }

    private static String describe(Class<?> found) {
        Path jar = jar(found);
        return jar == null ? OLDER : version(found) + " (" + jar.getFileName() + ")";
    }

    private static @Nullable Path jar(Class<?> found) {
        var source = found.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return null;
        }
        try {
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            return null;
        }
    }

    private static String version(Class<?> found) {
        Path jar = jar(found);
        if (jar == null) {
            return OLDER;
        }
        try (var file = new JarFile(jar.toFile())) {
            var manifest = file.getManifest();
            String version =
                    manifest == null ? null : manifest.getMainAttributes().getValue("Implementation-Version");
            return version == null ? OLDER : version;
        } catch (IOException e) {
            return OLDER;
        }
    }
}
