package org.junitnomos.deploy.container;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.NodeCommand;
import org.junitnomos.deploy.real.RealNodeCommand;
import org.junitnomos.deploy.session.Scope;
import org.junitnomos.topology.NodeSpec;

/**
 * What the nodes of one deployment run: one image, and others for some of them. Thread-safe; upgrades come one at a
 * time.
 */
final class ImagePrograms implements AutoCloseable {
    private final ConnectedEngine engine;
    private final ContainerSettings settings;
    private final Scope scope;
    private final Path directory;
    private final boolean real;
    private final Optional<NodeCommand> chosen;
    private final List<EngineImage> looked = new ArrayList<>();
    private final Program usual;
    private volatile Map<String, Program> others = new TreeMap<>();

    /**
     * An image, and what says how to run it.
     *
     * @param described the image with its digest
     */
    record Program(String reference, String described, NodeCommand command) {
        /** Names it for journal and verdict. */
        String program(NodeSpec node) {
            return command instanceof RealNodeCommand
                    ? command.program(node)
                    : command.program(node) + " of " + described;
        }
    }

    /**
     * Has the image of all nodes.
     *
     * @param real whether images have real nodes
     * @param chosen the command of a setting
     * @param directory of the run
     */
    ImagePrograms(
            ConnectedEngine engine,
            ContainerSettings settings,
            Scope scope,
            Path directory,
            boolean real,
            Optional<NodeCommand> chosen)
            throws IOException, InterruptedException {
        this.engine = engine;
        this.settings = settings;
        this.scope = scope;
        this.directory = directory;
        this.real = real;
        this.chosen = chosen;
        this.usual = make(settings.image());
    }

    /** Has the images that settings name for single nodes, and says what real nodes lack, all of it at once. */
    void open(List<NodeSpec> nodes) throws IOException, InterruptedException {
        var own = new TreeMap<String, Program>();
        for (var image : settings.images().entrySet()) {
            own.put(image.getKey(), make(image.getValue()));
        }
        others = own;
        var missing = new ArrayList<String>();
        for (var node : nodes) {
            lacking(of(node.name()), node).stream()
                    .filter(line -> !missing.contains(line))
                    .forEach(missing::add);
        }
        if (!missing.isEmpty()) {
            throw new IOException("real nodes lack\n  - " + String.join("\n  - ", missing));
        }
        usual.command().prepare();
        for (var program : own.values()) {
            program.command().prepare();
        }
    }

    private static List<String> lacking(Program program, NodeSpec node) {
        return program.command() instanceof RealNodeCommand command ? command.missing(List.of(node)) : List.of();
    }

    Program usual() {
        return usual;
    }

    Program of(String node) {
        return others.getOrDefault(node, usual);
    }

    String systemUnderTest(List<NodeSpec> nodes) {
        var text = new StringBuilder(usual.command().systemUnderTest());
        for (var node : nodes) {
            var own = others.get(node.name());
            if (own != null) {
                text.append("; ").append(node.name()).append(": ").append(own.program(node));
            }
        }
        return text.toString();
    }

    /**
     * Has another image for a node.
     *
     * @throws IllegalArgumentException if it lacks something
     */
    Program upgrade(NodeSpec node, String reference) throws IOException, InterruptedException {
        var program = make(reference);
        var missing = lacking(program, node);
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", missing));
        }
        program.command().prepare();
        return program;
    }

    /** Lets a node run an image from its next start on. */
    void put(NodeSpec node, Program program) {
        var changed = new TreeMap<>(others);
        changed.put(node.name(), program);
        others = changed;
    }

    private Program make(@Nullable String reference) throws IOException, InterruptedException {
        var images = new NodeImage(engine, settings);
        var provided = reference == null ? images.provide() : images.provide(reference);
        String described = images.described(provided.reference());
        if (real) {
            var image = new EngineImage(engine, scope, settings.memory(), provided.reference(), described, directory);
            looked.add(image);
            return new Program(provided.reference(), described, RealNodeCommand.ofImage(provided.reference(), image));
        }
        return new Program(provided.reference(), described, chosen.isPresent() ? chosen.get() : provided.devNode());
    }

    /** Removes what images were seen through. */
    @Override
    public void close() {
        looked.forEach(EngineImage::close);
    }
}
