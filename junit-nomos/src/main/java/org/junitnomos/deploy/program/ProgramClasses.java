package org.junitnomos.deploy.program;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apiguardian.api.API;

/**
 * The classes that a program of this library needs, and nothing else, as a class path or as one jar.
 *
 * <p>One jar without signatures starts faster and smaller than the libraries it is made of: nothing has to be verified,
 * and all of it fits into an archive of class data, for which directories and signed jars are not fit.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class ProgramClasses {
    /** The dev node; looked up by name, because this room does not know it. */
    public static final String DEV_NODE = "org.junitnomos.devnode.program.DevNodeMain";

    private static final String LIBRARY = "junit-nomos";

    private static final long FIXED_TIME = 315_619_200_000L; // 1980-01-02: the content alone makes the jar

    private final List<ClassSource> sources;

    ProgramClasses(List<ClassSource> sources) {
        this.sources = List.copyOf(sources);
    }

    /**
     * Finds those of a program that needs nothing but this library and the JDK, where the running JVM has it from.
     *
     * @param main name of the program's class
     * @param packages packages with all below them, as paths that end with a slash
     * @throws IOException if the library is packed into another jar; says what to do
     */
    public static ProgramClasses of(String main, List<String> packages) throws IOException {
        return new ProgramClasses(List.of(ClassSource.find(loader(), LIBRARY, main, packages)));
    }

    /**
     * Finds those of the dev node where the running JVM has this library from.
     *
     * @throws IOException if one of the libraries is missing or packed into another jar; says which and what to do
     */
    public static ProgramClasses ofDevNode() throws IOException {
        return ofDevNode(loader());
    }

    private static ClassLoader loader() {
        ClassLoader loader = ProgramClasses.class.getClassLoader();
        return loader == null ? ClassLoader.getSystemClassLoader() : loader;
    }

    /**
     * Finds those of the dev node where a class loader has them from.
     *
     * @param loader knows all of them
     * @throws IOException if one of the libraries is missing or packed into another jar; says which and what to do
     */
    public static ProgramClasses ofDevNode(ClassLoader loader) throws IOException {
        var sources = new ArrayList<ClassSource>();
        sources.add(ClassSource.find(
                loader,
                LIBRARY,
                DEV_NODE,
                List.of(
                        "org/junitnomos/defect/",
                        "org/junitnomos/devnode/",
                        "org/junitnomos/mantle/",
                        "org/junitnomos/time/",
                        "org/junitnomos/topology/")));
        sources.add(jackson(loader, "jackson-databind", "databind.ObjectMapper", "databind"));
        sources.add(jackson(loader, "jackson-core", "core.JsonFactory", "core"));
        sources.add(jackson(loader, "jackson-annotations", "annotation.JsonProperty", "annotation"));
        sources.add(ClassSource.find(
                loader, "snakeyaml-engine", "org.snakeyaml.engine.v2.api.Load", List.of("org/snakeyaml/engine/")));
        sources.add(ClassSource.find(
                loader,
                "bcprov-jdk18on",
                "org.bouncycastle.math.ec.rfc8032.Ed25519",
                List.of(
                        "org/bouncycastle/asn1/",
                        "org/bouncycastle/crypto/",
                        "org/bouncycastle/internal/",
                        "org/bouncycastle/math/",
                        "org/bouncycastle/util/")));
        sources.add(ClassSource.find(loader, "slf4j-api", "org.slf4j.LoggerFactory", List.of("org/slf4j/")));
        return new ProgramClasses(sources);
    }

    private static ClassSource jackson(ClassLoader loader, String name, String className, String folder)
            throws IOException {
        return ClassSource.find(
                loader, name, "com.fasterxml.jackson." + className, List.of("com/fasterxml/jackson/" + folder + "/"));
    }

    /** Names the libraries as they are, as a class path. */
    public String classPath() {
        return sources.stream()
                .map(source -> source.place().toString())
                .distinct()
                .collect(Collectors.joining(System.getProperty("path.separator")));
    }

    /**
     * Returns a text that is another one whenever the classes are: of directories the content counts, of jars place,
     * size and time.
     *
     * @return 64 hexadecimal digits
     * @throws IOException if they cannot be read
     */
    public String fingerprint() throws IOException {
        var fingerprint = new Fingerprint();
        for (var source : sources) {
            if (source.isJar()) {
                fingerprint.add(source.place().toString());
                fingerprint.add(Long.toString(Files.size(source.place())));
                fingerprint.add(Files.getLastModifiedTime(source.place()).toString());
            } else {
                for (Path file : files(source)) {
                    fingerprint.add(source.place().relativize(file).toString());
                    fingerprint.add(Files.readAllBytes(file));
                }
            }
        }
        return fingerprint.hex();
    }

    /**
     * Returns a text that is another one whenever a file with them is: its place, size or time. Quicker than
     * {@link #fingerprint}, but another one for the same classes when they were compiled again.
     *
     * @return 64 hexadecimal digits
     * @throws IOException if the files cannot be looked at
     */
    public String stamp() throws IOException {
        var stamp = new Fingerprint();
        for (var source : sources) {
            if (source.isJar()) {
                stamp(stamp, source.place(), Files.readAttributes(source.place(), BasicFileAttributes.class));
                continue;
            }
            for (var folder : source.packages()) {
                Path directory = source.place().resolve(folder);
                if (Files.isDirectory(directory)) {
                    var found = new TreeMap<Path, BasicFileAttributes>();
                    Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                            found.put(file, attributes);
                            return FileVisitResult.CONTINUE;
                        }
                    });
                    found.forEach((file, attributes) -> stamp(stamp, file, attributes));
                }
            }
        }
        return stamp.hex();
    }

    private static void stamp(Fingerprint stamp, Path file, BasicFileAttributes attributes) {
        stamp.add(file.toString());
        stamp.add(Long.toString(attributes.size()));
        stamp.add(attributes.lastModifiedTime().toString());
    }

    private static List<Path> files(ClassSource source) throws IOException {
        var files = new ArrayList<Path>();
        for (var folder : source.packages()) {
            Path directory = source.place().resolve(folder);
            if (Files.isDirectory(directory)) {
                try (var tree = Files.walk(directory)) {
                    tree.filter(file -> source.takes(entry(source, file)))
                            .sorted()
                            .forEach(files::add);
                } catch (UncheckedIOException e) {
                    throw e.getCause();
                }
            }
        }
        return files;
    }

    private static String entry(ClassSource source, Path file) {
        return source.place().relativize(file).toString().replace('\\', '/');
    }

    /**
     * Writes them into one jar, which appears whole or not at all; the same classes give the same bytes.
     *
     * @param jar the file
     * @throws IOException if it cannot be written
     */
    public void writeJar(Path jar) throws IOException {
        Path draft = jar.resolveSibling(
                jar.getFileName() + "." + ProcessHandle.current().pid() + ".draft");
        try {
            try (var out = new BufferedOutputStream(Files.newOutputStream(draft))) {
                writeJar(out);
            }
            Files.move(draft, jar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /**
     * Writes them as one jar; the same classes give the same bytes.
     *
     * @param target gets the bytes, and stays open
     * @throws IOException if they cannot be read or written
     */
    public void writeJar(OutputStream target) throws IOException {
        var out = new ZipOutputStream(target);
        out.setLevel(Deflater.BEST_SPEED);
        var written = new LinkedHashSet<String>();
        for (var source : sources) {
            if (source.isJar()) {
                copyJar(source, out, written);
            } else {
                copyDirectory(source, out, written);
            }
        }
        out.finish();
    }

    private static void copyJar(ClassSource source, ZipOutputStream out, Set<String> written) throws IOException {
        try (var jar = new JarFile(source.place().toFile(), false)) {
            for (var entry : jar.stream().toList()) {
                if (source.takes(entry.getName()) && written.add(entry.getName())) {
                    try (var in = jar.getInputStream(entry)) {
                        copy(entry.getName(), in, out);
                    }
                }
            }
        }
    }

    private static void copyDirectory(ClassSource source, ZipOutputStream out, Set<String> written) throws IOException {
        for (Path file : files(source)) {
            String name = entry(source, file);
            if (written.add(name)) {
                try (var in = new BufferedInputStream(Files.newInputStream(file))) {
                    copy(name, in, out);
                }
            }
        }
    }

    private static void copy(String name, InputStream in, ZipOutputStream out) throws IOException {
        var entry = new ZipEntry(name);
        entry.setTime(FIXED_TIME);
        out.putNextEntry(entry);
        in.transferTo(out);
        out.closeEntry();
    }
}
