package org.junitnomos.runner;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.slf4j.LoggerFactory;

/**
 * Looks whether the libraries beside this one are new enough. It lives in tests of others, whose build may choose older
 * versions; without a word of ours they would end in a {@link NoSuchMethodError} somewhere in a run.
 */
final class RequiredLibraries {
    static final String JACKSON = "Jackson";
    static final String OKHTTP = "OkHttp";

    /** Refers to every annotation that it knows, as soon as it is used. */
    private static final String ANNOTATIONS_USER =
            "com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector";

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+|x).*");
    private static final List<String> FOUND = look();

    private RequiredLibraries() {}

    /** Lists what is too old or does not fit together; looked at once in a JVM. */
    static List<String> problems() {
        return FOUND;
    }

    private static List<String> look() {
        var databind = jackson("databind.cfg.PackageVersion");
        var core = jackson("core.json.PackageVersion");
        var problems = new ArrayList<String>();
        tooOld(JACKSON, "jackson-databind", databind, 2, 13).ifPresent(problems::add);
        if (problems.isEmpty()) {
            apart("jackson-core", core, databind).ifPresent(problems::add);
        }
        if (problems.isEmpty() && !canUse(() -> initialize(ANNOTATIONS_USER))) {
            apart("jackson-annotations", annotations(), databind).ifPresent(problems::add);
        }
        tooOld(OKHTTP, "okhttp", okHttp(), 4, 9).ifPresent(problems::add);
        if (!canUse(() -> Ed25519PrivateKey.fromSeed(new byte[32]).sign(new byte[0]))) {
            problems.add(bouncyCastle(jarsOf("org/bouncycastle/util/Arrays.class")));
        }
        twice("okhttp3/OkHttpClient.class")
                .ifPresent(
                        text -> LoggerFactory.getLogger(RequiredLibraries.class).warn(text));
        return List.copyOf(problems);
    }

    /** Tells of a library older than needed; a version that cannot be read is believed. */
    static Optional<String> tooOld(String library, String artifact, @Nullable Found found, int major, int minor) {
        if (found == null) {
            return Optional.empty();
        }
        var version = VERSION.matcher(found.version());
        if (!version.matches() || compare(version.group(1), major, version.group(2), minor) >= 0) {
            return Optional.empty();
        }
        return Optional.of("junit-nomos needs " + library + " " + major + "." + minor + " or newer, but found "
                + artifact + " " + found.version() + found.place() + "; " + fix(library));
    }

    /** Tells of a databind that stands on another part of an older release, which breaks at the first call. */
    static Optional<String> apart(String artifact, @Nullable Found part, @Nullable Found databind) {
        if (part == null || databind == null) {
            return Optional.empty();
        }
        var a = VERSION.matcher(part.version());
        var b = VERSION.matcher(databind.version());
        boolean older = a.matches()
                && b.matches()
                && compare(a.group(1), Integer.parseInt(b.group(1)), a.group(2), Integer.parseInt(b.group(2))) < 0;
        return older
                ? Optional.of("jackson-databind " + databind.version() + databind.place() + " needs " + artifact
                        + " of the same release, but found " + part.version() + part.place() + "; "
                        + fix(JACKSON))
                : Optional.empty();
    }

    /** Tells of a BouncyCastle that cannot sign: one that is too old, or parts of several. */
    static String bouncyCastle(List<String> jars) {
        return "junit-nomos needs BouncyCastle 1.70 or newer and no other beside it, but found "
                + String.join(", ", jars)
                + "; declare org.bouncycastle:bcprov-jdk18on:1.87 in your build, and exclude bcprov-jdk15on and others"
                + " of its names";
    }

    /** Tries what a run does anyway; the classes of an older release lack something of it. */
    private static boolean canUse(Runnable use) {
        try {
            use.run();
            return true;
        } catch (LinkageError e) {
            LoggerFactory.getLogger(RequiredLibraries.class).debug("a library does not work", e);
            return false;
        }
    }

    private static void initialize(String type) {
        try {
            Class.forName(type, true, RequiredLibraries.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new NoClassDefFoundError(type);
        }
    }

    private static List<String> jarsOf(String resource) {
        try {
            return Collections.list(RequiredLibraries.class.getClassLoader().getResources(resource)).stream()
                    .map(URL::getPath)
                    .map(path -> path.replaceFirst("!.*", "").replaceFirst(".*/", ""))
                    .toList();
        } catch (IOException e) {
            return List.of("one that cannot be read");
        }
    }

    private static int compare(String major, int neededMajor, String minor, int neededMinor) {
        int first = Integer.compare(Integer.parseInt(major), neededMajor);
        return first != 0 ? first : Integer.compare(Integer.parseInt(minor), neededMinor);
    }

    private static String fix(String library) {
        return library.equals(JACKSON)
                ? "import com.fasterxml.jackson:jackson-bom before other BOMs in dependencyManagement, or set the"
                        + " property jackson-bom.version where Spring Boot's parent manages it"
                : "declare com.squareup.okhttp3:okhttp:4.12.0 in your build, or set the property okhttp.version where"
                        + " Spring Boot's parent manages it";
    }

    private static @Nullable Found jackson(String type) {
        return found("com.fasterxml.jackson." + type, "VERSION");
    }

    /** The annotations have no constant of their own. */
    private static @Nullable Found annotations() {
        try {
            var type = Class.forName(
                    "com.fasterxml.jackson.annotation.JsonProperty", false, RequiredLibraries.class.getClassLoader());
            var version = type.getPackage().getImplementationVersion();
            return version == null ? null : new Found(version, jar(type));
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }

    private static @Nullable Found okHttp() {
        var named = found("okhttp3.OkHttp", "VERSION");
        if (named != null) {
            return named;
        }
        var unnamed = found("okhttp3.OkHttpClient", null);
        return unnamed == null ? null : new Found("3.x", unnamed.jar());
    }

    /** Reads a version from a constant, by name: the compiler would copy its value. */
    private static @Nullable Found found(String type, @Nullable String constant) {
        try {
            Class<?> found = Class.forName(type, false, RequiredLibraries.class.getClassLoader());
            String jar = jar(found);
            if (constant == null) {
                return new Found("", jar);
            }
            Object value = found.getField(constant).get(null);
            return new Found(String.valueOf(value), jar);
        } catch (ReflectiveOperationException | LinkageError e) {
            return null;
        }
    }

    private static @Nullable String jar(Class<?> found) {
        var source = found.getProtectionDomain().getCodeSource();
        return source == null ? null : nameOf(source.getLocation());
    }

    private static @Nullable String nameOf(@Nullable URL place) {
        if (place == null) {
            return null;
        }
        String path = place.getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Tells of a class that two JARs bring: whose turn it is depends on their order. */
    private static Optional<String> twice(String resource) {
        try {
            var places =
                    Collections.list(RequiredLibraries.class.getClassLoader().getResources(resource));
            return places.size() < 2
                    ? Optional.empty()
                    : Optional.of("There is more than one OkHttp on the class path, " + places
                            + ". junit-nomos works with either; if you bring okhttp-jvm, exclude"
                            + " com.squareup.okhttp3:okhttp from junit-nomos for the sake of your own code.");
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * A library on the class path.
     *
     * @param jar the name of its file; null if it comes from elsewhere
     */
    record Found(String version, @Nullable String jar) {
        String place() {
            return jar == null || jar.isEmpty() ? "" : " (" + jar + ")";
        }
    }
}
