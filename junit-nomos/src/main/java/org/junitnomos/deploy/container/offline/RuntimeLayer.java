package org.junitnomos.deploy.container.offline;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junitnomos.deploy.program.ChildJvm;
import org.junitnomos.deploy.program.DirectoryTrees;
import org.junitnomos.deploy.program.Fingerprint;
import org.slf4j.LoggerFactory;

/**
 * Makes the layer under the classes: a small JRE of the running JDK and the C library of this machine.
 *
 * <p>Beside it there is the shell of this machine, which passes on signals in a pod, and nothing else.
 */
final class RuntimeLayer {
    /** What the dev node and its libraries need; the other modules that they name are not used by a node. */
    static final List<String> MODULES = List.of("java.base", "java.logging", "jdk.httpserver");

    private static final String KIND = "image-runtime";
    private static final String FORMAT = "4"; // another one whenever this class puts something else into the layer
    private static final String JAVA = "java";
    private static final String SOURCES = "sources";
    private static final Pattern NO_ROOM = Pattern.compile("(?i)no space left|quota exceeded");
    private static final int FIRST_LARGE = 21; // its classes take some more room, so they are compressed
    private static final Path SHELL = Path.of("/bin/sh");
    private static final long DUMP_SECONDS = 120;
    private static final List<String> EMPTY_DIRECTORIES = List.of("proc", "sys", "dev", "run", "var");

    /** Nodes and their peers come back with other addresses: the JVM may not remember old ones, nor failures. */
    private static final String LOOK_UPS = "\nnetworkaddress.cache.ttl=1\nnetworkaddress.cache.negative.ttl=0\n";

    private final Path home;
    private final Supplier<Optional<ToolProvider>> jlink;

    RuntimeLayer(Path home, Supplier<Optional<ToolProvider>> jlink) {
        this.home = home;
        this.jlink = jlink;
    }

    /** Finds it in the cache, or makes it, which takes some seconds. */
    static LayerCache.Kept find(LayerCache cache) throws IOException, InterruptedException {
        var maker = new RuntimeLayer(
                Path.of(System.getProperty("java.home")).toRealPath(), () -> ToolProvider.findFirst("jlink"));
        var kept = cache.find(KIND, maker.key(), maker::make);
        while (true) { // ends, as what is found next was made of what there is now
            var sources = Files.readAllLines(kept.directory().resolve(SOURCES));
            var now = stamps(sources.stream().map(RuntimeLayer::path).toList());
            if (now.equals(sources)) {
                return kept;
            }
            kept = cache.find(KIND, maker.key().add(String.join("\n", now)), maker::make);
        }
    }

    /** Tells by time and size whether the files of this machine that are in the layer are those that were put there. */
    private static List<String> stamps(List<Path> files) throws IOException {
        var stamps = new ArrayList<String>();
        for (Path file : files) {
            stamps.add(
                    Files.exists(file)
                            ? Files.getLastModifiedTime(file) + " " + Files.size(file) + " " + file
                            : "- - " + file);
        }
        return stamps;
    }

    private static Path path(String stamp) {
        return Path.of(stamp.split(" ", 3)[2]);
    }

    /** Where the maker left the program that has the layer's JRE. */
    static Path java(LayerCache.Kept layer) {
        return layer.directory().resolve(JAVA).resolve("bin/java");
    }

    private Fingerprint key() throws IOException {
        ElfFile java = ElfFile.read(ChildJvm.findJava());
        if (java == null || java.interpreter() == null) {
            throw new ImageException(
                    "The image of dev nodes is built from the running JDK, but " + ChildJvm.findJava()
                            + " is no 64-bit program of Linux. Run the tests with a JDK that is, or set a base image.",
                    null);
        }
        return identity().add(home.toString()).add(java.interpreter());
    }

    private static Fingerprint identity() {
        var fingerprint = new Fingerprint().add(FORMAT).add(String.join(",", MODULES));
        for (String property : List.of("java.vm.vendor", "java.vm.version", "java.runtime.version", "os.arch")) {
            fingerprint.add(System.getProperty(property, ""));
        }
        return fingerprint;
    }

    private String make(Path directory, LayerWriter layer) throws IOException, InterruptedException {
        Path java = directory.resolve(JAVA);
        DirectoryTrees.delete(java);
        link(java);
        Files.writeString(java.resolve("conf/security/java.security"), LOOK_UPS, StandardOpenOption.APPEND);
        Files.setLastModifiedTime(java.resolve("lib/modules"), LayerWriter.TIME);
        dump(java);
        for (String name : EMPTY_DIRECTORIES) {
            layer.directory(name);
        }
        layer.directory("tmp", 01777, 0);
        layer.text(
                "etc/passwd",
                "root:x:0:0:root:/:/\nnomos:x:%1$d:%1$d:nomos:%2$s:/\n"
                        .formatted(ImageConfig.USER, ImageConfig.DIRECTORY));
        layer.text("etc/group", "root:x:0:\nnomos:x:%d:\n".formatted(ImageConfig.USER));
        layer.text("etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n");
        Map<String, Path> libraries;
        try {
            libraries = NativeLibraries.ofThisMachine().neededBy(java.resolve("bin/java"), binaries(java));
        } catch (IOException e) {
            throw new ImageException("The image of dev nodes cannot be built: " + e.getMessage() + ".", e);
        }
        layer.tree(ImageConfig.JAVA_HOME.substring(1), java);
        var content = identity();
        if (Files.isExecutable(SHELL)) {
            layer.file("bin/sh", SHELL);
            content.add(SHELL.toString()).add(Files.readAllBytes(SHELL));
        }
        for (var library : libraries.entrySet()) {
            layer.file(library.getKey().substring(1), library.getValue());
            content.add(library.getKey()).add(Files.readAllBytes(library.getValue()));
        }
        var sources = new ArrayList<>(libraries.values());
        sources.add(SHELL);
        Files.write(directory.resolve(SOURCES), stamps(sources));
        return content.hex();
    }

    void link(Path java) throws IOException {
        ToolProvider tool = jlink.get()
                .orElseThrow(() -> new ImageException(
                        "The image of dev nodes is linked from the running JDK, but " + home + " has no jlink. "
                                + advice(),
                        null));
        var output = new StringWriter();
        var writer = new PrintWriter(output);
        var options = new ArrayList<>(List.of(
                "--add-modules",
                String.join(",", MODULES),
                "--strip-java-debug-attributes",
                "--no-header-files",
                "--no-man-pages",
                "--output",
                java.toString()));
        if (Runtime.version().feature() >= FIRST_LARGE) {
            options.add("--compress=zip-6");
        }
        int code = tool.run(writer, writer, options.toArray(String[]::new));
        if (code != 0 && NO_ROOM.matcher(output.toString()).find()) {
            throw new IOException(output.toString().strip());
        }
        if (code != 0) {
            throw new ImageException(
                    "The image of dev nodes is linked from the running JDK, but jlink of " + home + " ended with code "
                            + code + ": " + output.toString().strip() + " " + advice(),
                    null);
        }
    }

    private static String advice() {
        int version = Runtime.version().feature();
        return "Run the tests with a whole JDK, with its jmods (Debian and Ubuntu: apt-get install openjdk-" + version
                + "-jdk-headless; Fedora: dnf install java-" + version + "-openjdk-devel java-" + version
                + "-openjdk-jmods; Alpine: apk add openjdk" + version + "), or set a base image.";
    }

    /** Makes the archive of the JDK's own classes, which jlink leaves out; a JVM starts slower without. */
    private static void dump(Path java) throws IOException, InterruptedException {
        Path log = java.resolveSibling("dump.log");
        Process dump = new ProcessBuilder(
                        java.resolve("bin/java").toString(), "-XX:+UseSerialGC", "-Xshare:dump", "-Xlog:disable")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!dump.waitFor(DUMP_SECONDS, TimeUnit.SECONDS) || dump.exitValue() != 0) {
                dump.destroyForcibly().waitFor();
                Files.deleteIfExists(java.resolve("lib/server/classes.jsa"));
                LoggerFactory.getLogger(RuntimeLayer.class)
                        .warn("Nodes in containers start slower: no archive of class data could be made, see {}", log);
            }
        } finally {
            dump.destroyForcibly();
        }
    }

    private static List<Path> binaries(Path java) throws IOException {
        var binaries = new ArrayList<Path>();
        binaries.add(java.resolve("bin/java"));
        try (var tree = Files.walk(java.resolve("lib"))) {
            tree.filter(file -> file.toString().endsWith(".so")).sorted().forEach(binaries::add);
        }
        if (Files.isExecutable(SHELL)) {
            binaries.add(SHELL.toRealPath());
        }
        return binaries;
    }
}
