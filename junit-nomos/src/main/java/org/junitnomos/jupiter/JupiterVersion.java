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

    private static final String LAUNCHER = "org.junit.platform.launcher.Launcher";

    /** What else is of one release with it, unless a build mixes them; the engine closes our runs since 5.13. */
    private static final List<String> OTHERS = List.of(
            "org.junit.jupiter.engine.Constants",
            "org.junit.platform.engine.TestEngine",
            "org.junit.platform.commons.JUnitException",
            LAUNCHER);

    private static final String NEEDS = "junit-nomos needs JUnit 5.13 or newer, but found ";
    private static final String FIX =
            " Import org.junit:junit-bom:5.14.4 before other BOMs in dependencyManagement, or,"
                    + " where the parent is that of Spring Boot, set its property:"
                    + " <junit-jupiter.version>5.14.4</junit-jupiter.version>.";
    private static final String SUREFIRE = " Surefire and Failsafe before 3.0.0 bring that launcher: give"
            + " maven-surefire-plugin and maven-failsafe-plugin version 3.5.4.";
    private static final String OLDER = "an older one";
    private static final Pattern TOO_OLD = Pattern.compile("(5|1)\\.([0-9]|1[0-2])(\\D.*)?");

    /** With these the engine of a newer Jupiter finds no test. */
    private static final Pattern RUNS_NOTHING = Pattern.compile("1\\.([0-9]|1[01])(\\D.*)?");

    /** The launcher of Surefire and Failsafe 2.22 to 3.0.0-M3, which ask nobody for another one. */
    private static final Pattern OF_SUREFIRE = Pattern.compile("1\\.3\\.\\d+");

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
            return Optional.of(NEEDS + describe(api) + "." + FIX
                    + " Until then JUnit cannot load the extension, and its tests fail"
                    + " with TypeNotPresent or NoClassDefFoundError.");
        }
        return OTHERS.stream()
                .flatMap(name -> Optional.<Class<?>>ofNullable(find(name, loader)).stream())
                .filter(other -> TOO_OLD.matcher(version(other)).matches())
                .findFirst()
                .map(other -> NEEDS + describe(other) + " beside " + describe(api) + "."
                        + (OF_SUREFIRE.matcher(version(other)).matches() ? SUREFIRE : FIX)
                        + " Until then tests may not begin, or their runs not end.");
    }

    /**
     * Stops a launcher with which no test would begin.
     *
     * @throws IllegalStateException saying what is wrong
     */
    static void requireLauncher(ClassLoader loader) {
        Class<?> launcher = find(LAUNCHER, loader);
        if (launcher != null
                && find(NEEDED, loader) != null
                && RUNS_NOTHING.matcher(version(launcher)).matches()) {
            throw new IllegalStateException(problem(loader).orElseThrow());
        }
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
