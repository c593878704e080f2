package org.junitnomos.deploy.container.offline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junitnomos.deploy.container.Engine;
import org.junitnomos.deploy.container.Engines;
import org.junitnomos.deploy.program.DirectoryTrees;
import org.junitnomos.deploy.program.ProgramClasses;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** How long the image of dev nodes takes to build, and to be loaded; prints how large it is. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
public class ImageBuildBenchmark {
    private Path empty = Path.of("unset");
    private Path warm = Path.of("unset");
    private DevNodeImage unknown;

    private static DevNodeImage prepare(Path cache) throws IOException, InterruptedException {
        return DevNodeImage.prepare(new LayerCache(cache), ProgramClasses.ofDevNode());
    }

    /** Make a cache with nothing, one with everything but the classes, and an image that no engine has. */
    @Setup(Level.Invocation)
    public void create() throws IOException, InterruptedException {
        empty = Files.createTempDirectory("nomos-bench");
        warm = Files.createTempDirectory("nomos-bench");
        var image = prepare(warm);
        System.out.println(image.size() / 1_000_000.0 + " MB");

        Path java = warm.resolve("opt/java");
        try (var directories = Files.list(warm)) {
            for (var directory : directories.toList()) {
                String name = directory.getFileName().toString();
                if (name.startsWith("image-runtime")) {
                    java = directory.resolve("java");
                } else {
                    DirectoryTrees.delete(directory);
                }
            }
        }
        try (var layer = new LayerWriter(empty.resolve("layer.tar"))) {
            var layers = new ArrayList<ImageLayer>();
            layers.add(layer.text("etc/unique", UUID.randomUUID().toString())
                    .tree("opt/java", java)
                    .finish());
            unknown = new DevNodeImage(
                    "junit-nomos/bench:" + UUID.randomUUID(),
                    image.hash(),
                    image.architecture(),
                    image.config(),
                    layers);
        }
    }

    /** Remove them. */
    @TearDown(Level.Invocation)
    public void remove() throws IOException {
        DirectoryTrees.delete(empty);
        DirectoryTrees.delete(warm);
        try (var client = Engines.connect(Engine.find())) {
            client.listImagesCmd().withImageNameFilter("junit-nomos/bench").exec().stream()
                    .flatMap(found -> List.of(found.getRepoTags()).stream())
                    .filter(unknown.reference()::equals)
                    .forEach(found -> client.removeImageCmd(found).exec());
        }
    }

    /** With an empty cache. */
    @Benchmark
    public long first() throws IOException, InterruptedException {
        return prepare(empty).size();
    }

    /** With the JRE in the cache. */
    @Benchmark
    public long classesChanged() throws IOException, InterruptedException {
        return prepare(warm).size();
    }

    /** With the user's cache, as it is left by the first. */
    @Benchmark
    public long nothingChanged() throws IOException, InterruptedException {
        return DevNodeImage.prepare().size();
    }

    /** Give an engine an image of that size. */
    @Benchmark
    public String load() throws IOException {
        try (var client = Engines.connect(Engine.find());
                var archive = unknown.openArchive()) {
            client.loadImageCmd(archive).exec();
            return client.inspectImageCmd(unknown.reference()).exec().getId();
        }
    }
}
