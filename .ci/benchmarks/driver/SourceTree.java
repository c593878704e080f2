package benchmarks.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A tree of sources, compiled, with the workers that measure it. */
final class SourceTree {
    /** The tree that goals are ratios to. */
    static final String BEFORE = "e180d08";

    /** Has workers of the tree as it is run the nodes that {@code NOMOS_NODE_BIN} names. */
    static final String REAL = "-Dnomos.nodes=real";

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final String CLASS_PATH = "target/benchmarks.classpath";

    private final Path root;
    private final Path scratch;
    private final String name;
    private final Path directory;
    private boolean prepared;
    private boolean asCompiled;
    private boolean kubernetes;

    private SourceTree(Path root, Path scratch, String name, Path directory) {
        this.root = root;
        this.scratch = scratch;
        this.name = name;
        this.directory = directory;
    }

    static SourceTree now(Path root, Path scratch) {
        return new SourceTree(root, scratch, "now", root);
    }

    static SourceTree before(Path root, Path scratch) {
        return new SourceTree(root, scratch, BEFORE, scratch.resolve(BEFORE));
    }

    String name() {
        return name;
    }

    private void prepare() throws IOException, InterruptedException {
        if (prepared) {
            return;
        }
        if (name.equals(BEFORE) && !Files.exists(directory.resolve("pom.xml"))) {
            Files.createDirectories(directory);
            Path archive = scratch.resolve(BEFORE + ".tar");
            Shell.run(root, LIMIT, "git", "archive", "-o", archive.toString(), BEFORE);
            Shell.run(directory, LIMIT, "tar", "-xf", archive.toString());
            Files.delete(archive);
        }
        // That commit never changes.
        if (name.equals("now") && !asCompiled
                || !Files.exists(directory.resolve("junit-nomos").resolve(CLASS_PATH))) {
            maven("junit-nomos", "compile");
        }
        compileWorkers();
        prepared = true;
    }

    private void maven(String modules, String... goals) throws IOException, InterruptedException {
        System.out.println("compiling " + name + ": " + modules);
        var command = new ArrayList<>(List.of("mvn", "-B", "-ntp", "-q", "-Pfast", "-pl", modules));
        command.addAll(List.of(goals));
        command.addAll(
                List.of("dependency:build-classpath", "-Dmdep.outputFile=" + CLASS_PATH, "-Dmdep.includeScope=test"));
        Shell.run(directory, LIMIT, command);
    }

    private void compileWorkers() throws IOException, InterruptedException {
        var command =
                new ArrayList<>(List.of("javac", "-proc:none", "-d", workers().toString(), "-cp", classPath()));
        Path sources = root.resolve(".ci/benchmarks/work");
        try (var files = Files.list(sources)) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(file -> command.add(file.toString()));
        }
        command.add(sources.resolve(name).resolve("Tree.java").toString());
        Shell.run(root, LIMIT, command);
    }

    private Path workers() {
        return scratch.resolve("workers-" + name);
    }

    private String classPath() throws IOException {
        String module = kubernetes ? "junit-nomos-k8s" : "junit-nomos";
        String classes = directory.resolve(module).resolve("target/classes") + ":"
                + directory.resolve("junit-nomos/target/classes");
        return classes + ":"
                + Files.readString(directory.resolve(module).resolve(CLASS_PATH))
                        .strip();
    }

    /** Compiles sources and workers, unless that was done. */
    void compile() throws IOException, InterruptedException {
        prepare();
    }

    /** Takes its classes as they are. */
    void takeAsCompiled() throws IOException, InterruptedException {
        if (!Files.exists(directory.resolve("junit-nomos").resolve(CLASS_PATH))) {
            maven("junit-nomos");
        }
        asCompiled = true;
    }

    /** Adds the backend {@code kubernetes} to the class path of workers. */
    void addKubernetes() throws IOException, InterruptedException {
        prepare();
        if (!kubernetes) {
            // Its tests need a jar of tests of the other module, which Maven only finds once they are compiled.
            maven("junit-nomos,junit-nomos-k8s", "test-compile");
            kubernetes = true;
        }
    }

    /** Starts a JVM that works; JVMs of tests have no other options by default either. */
    WorkerJvm worker(String... options) throws IOException, InterruptedException {
        prepare();
        Path runs = Files.createDirectories(scratch.resolve("runs"));
        Path own = Files.createTempDirectory(runs, name + "-");
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        boolean real = List.of(options).contains(REAL);
        if (name.equals("now") && !real) {
            command.add("-Dnomos.nodes=dev"); // the other tree has no others
        }
        command.addAll(List.of("-cp", workers() + ":" + classPath(), "benchmarks.work.Worker", own.toString()));
        return new WorkerJvm(name, command, real, own, scratch.resolve("workers.log"));
    }
}
