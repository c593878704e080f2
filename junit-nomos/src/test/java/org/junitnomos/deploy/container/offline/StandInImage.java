package org.junitnomos.deploy.container.offline;

import com.github.dockerjava.api.DockerClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junitnomos.realnode.StandIns;
import org.junitnomos.testkit.ChildJvm;

/**
 * An image laid out as those of the Rust testing framework (node contract 5.6), with programs that stand in for real
 * nodes: the JRE of this JVM, these classes, and circuits that prove on this machine.
 */
public final class StandInImage {
    private static final String NAME = "junit-nomos/tests-real-node";
    private static final String MAIN = "org.junitnomos.devnode.program.StandInNode";
    private static final List<String> LIBRARIES = List.of(
            "junit-nomos-", // packed, where this is another module's class path
            "jackson-",
            "snakeyaml-engine",
            "bcprov-",
            "slf4j-api",
            "apiguardian",
            "jspecify",
            "okhttp-",
            "okio-",
            "kotlin-stdlib");

    private final Path directory;
    private final StandIns standIns;
    private final List<String> options = new ArrayList<>();
    private final TreeSet<String> without = new TreeSet<>();
    private final Map<String, String> others = new TreeMap<>();

    /**
     * Prepares an image with everything in it.
     *
     * @param directory an empty directory
     */
    public StandInImage(Path directory) throws IOException {
        this.directory = directory;
        this.standIns = StandIns.in(Files.createDirectory(directory.resolve("bin")));
    }

    /** Starts nodes with an option, see {@link org.junitnomos.devnode.program.StandInNode}. */
    public StandInImage with(String option) {
        options.add(option);
        return this;
    }

    /** Has one more program beside the two of nodes: that of validators, with an option more. */
    public StandInImage alsoWith(String path, String option) {
        others.put(path, option);
        return this;
    }

    /** Leaves out a file. */
    public StandInImage without(String path) {
        without.add(path);
        return this;
    }

    /** Loads it into an engine, and returns its reference. */
    public String load(DockerClient client) throws IOException, InterruptedException {
        var layers = layers();
        String reference = NAME + ":" + layers.get(1).digest().substring(0, 12);
        try (var archive = archive(reference, layers)) {
            client.loadImageCmd(archive).exec();
        }
        return reference;
    }

    /** Writes it as {@code docker save} does, and returns its reference. */
    public String save(Path file) throws IOException, InterruptedException {
        var layers = layers();
        String reference = NAME + ":" + layers.get(1).digest().substring(0, 12);
        try (var archive = archive(reference, layers)) {
            Files.copy(archive, file);
        }
        return reference;
    }

    private static InputStream archive(String reference, List<ImageLayer> layers) throws IOException {
        String architecture = HostJdk.architecture(System.getProperty("os.name"), System.getProperty("os.arch"));
        var config = new ImageConfig(
                "", "/", List.of("/usr/bin/nomos-node"), new LinkedHashMap<>(), List.of(), new LinkedHashMap<>());
        return DockerArchive.open(reference, config.json(architecture, layers), layers);
    }

    private List<ImageLayer> layers() throws IOException, InterruptedException {
        var runtime = RuntimeLayer.find(LayerCache.ofThisUser());
        try (var layer = new LayerWriter(directory.resolve("layer.tar"))) {
            var classPath = new ArrayList<String>();
            for (String place : ChildJvm.classPath().split(":")) {
                Path path = Path.of(place);
                String inside = "app/" + classPath.size() + "-" + path.getFileName();
                if (Files.isDirectory(path)) {
                    layer.tree(inside, path);
                    classPath.add("/" + inside);
                } else if (LIBRARIES.stream().anyMatch(path.getFileName().toString()::startsWith)) {
                    layer.file(inside, path);
                    classPath.add("/" + inside);
                }
            }
            program(layer, "usr/bin/nomos-node", classPath, "");
            program(layer, "usr/bin/nomos-executor", classPath, " --executor");
            for (var other : others.entrySet()) {
                program(layer, other.getKey().substring(1), classPath, " '" + other.getValue() + "'");
            }
            put(layer, "bin/cat", Path.of("/bin/cat")); // needs no more than the shell, which is there
            try (Stream<Path> files = Files.walk(standIns.circuits())) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    put(layer, "opt/circuits/" + standIns.circuits().relativize(file), file);
                }
            }
            put(layer, "opt/nomos/kzg-params/kzgrs_test_params", standIns.parameters());
            return List.of(runtime.layer(), layer.finish());
        }
    }

    private void program(LayerWriter layer, String path, List<String> classPath, String role) throws IOException {
        Path script = directory.resolve(Path.of(path).getFileName());
        Files.writeString(
                script,
                "#!/bin/sh\nexec " + ImageConfig.JAVA_HOME
                        + "/bin/java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx160m -cp "
                        + String.join(":", classPath)
                        + " " + MAIN + role
                        + String.join(
                                "",
                                options.stream()
                                        .map(option -> " '" + option + "'")
                                        .toList()) + " \"$@\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        put(layer, path, script);
    }

    private void put(LayerWriter layer, String path, Path file) throws IOException {
        if (!without.contains("/" + path)) {
            layer.file(path, file);
        }
    }
}
