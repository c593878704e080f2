package org.junitnomos.deploy.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.NodeSetup;
import org.junitnomos.deploy.real.ImageCheck.Kind;
import org.junitnomos.settings.SettingNames;
import org.junitnomos.settings.SettingsReader;
import org.junitnomos.topology.NodeRole;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.TopologySpec;

/** The programs and files of an image. Proofs are made on this machine, by its circuits or by those of the image. */
final class RealImagePrograms implements RealPrograms {
    /** Nodes listen on all addresses of their container. */
    private static final String EVERYWHERE = "0.0.0.0";

    private final ImagePaths paths;
    private final @Nullable CircuitFiles here;
    private final @Nullable Path overlay;
    private final @Nullable String reference;
    private final @Nullable RealImage image;
    private final Map<NodeRole, List<String>> missingPrograms = new TreeMap<>();
    private @Nullable List<String> missingFiles;
    private @Nullable ProgramBuild build;
    private volatile @Nullable CircuitFiles copied;

    /**
     * Describes an image.
     *
     * @param here circuits of this machine; null to take those of the image
     * @param overlay file that is laid over the configurations; null for none
     * @param reference name of the image; null if none was named
     * @param image the image; null as long as only its name is known
     */
    RealImagePrograms(
            ImagePaths paths,
            @Nullable CircuitFiles here,
            @Nullable Path overlay,
            @Nullable String reference,
            @Nullable RealImage image) {
        this.paths = paths;
        this.here = here;
        this.overlay = overlay;
        this.reference = reference;
        this.image = image;
    }

    /** Reads where what is; the circuits of this machine count if they are named, or are in their usual place. */
    static RealImagePrograms find(
            SettingsReader reader, Path home, @Nullable String reference, @Nullable RealImage image) {
        Path named = reader.find(SettingNames.CIRCUITS, "the path of a directory", RealNodeFiles::path);
        Path usual = home.resolve(".nomos-circuits");
        Path here = named != null || !Files.isDirectory(usual) ? named : usual;
        return new RealImagePrograms(
                ImagePaths.read(reader),
                here == null ? null : new CircuitFiles(here),
                reader.find(SettingNames.NODE_OVERLAY, "the path of a file", RealNodeFiles::path),
                reference,
                image);
    }

    @Override
    public void prepare() throws IOException {
        if (here == null && copied == null && image != null) {
            copied = new CircuitFiles(ImageCircuits.copy(image, paths.circuits()));
        }
    }

    @Override
    public Path program(NodeSpec node) {
        return program(node.role());
    }

    private Path program(NodeRole role) {
        return role == NodeRole.EXECUTOR ? paths.executor() : paths.validator();
    }

    @Override
    public Path parametersInside() {
        return paths.parameters();
    }

    @Override
    public Path circuitsInside() {
        return paths.circuits();
    }

    @Override
    public CircuitFiles circuits() {
        return here != null ? here : Objects.requireNonNull(copied, "prepare() was not called");
    }

    @Override
    public String listen(String host) {
        return EVERYWHERE;
    }

    @Override
    public Optional<ConfigOverlay> readOverlay() throws IOException {
        return overlay == null ? Optional.empty() : Optional.of(ConfigOverlay.read(overlay));
    }

    @Override
    public List<NodeSpec> anyNodes() {
        return List.of();
    }

    @Override
    public List<String> objections(TopologySpec topology) {
        return List.of();
    }

    @Override
    public List<String> missing(List<NodeSpec> nodes) {
        var all = new ArrayList<String>();
        if (reference == null) {
            all.add("image with nomos-node: not set. Set NOMOS_TESTNET_IMAGE to its reference");
        }
        if (here != null) {
            RealNodeFiles.checkCircuits(here, all);
        }
        all.addAll(RealNodeFiles.overlayMissing(this));
        if (image != null) {
            all.addAll(missingIn(image, nodes));
        }
        return all;
    }

    /** Looks for everything once: a question to an image takes the engine a moment. */
    private synchronized List<String> missingIn(RealImage image, List<NodeSpec> nodes) {
        var found = new ArrayList<String>();
        nodes.stream()
                .map(NodeSpec::role)
                .distinct()
                .sorted()
                .forEach(role ->
                        found.addAll(missingPrograms.computeIfAbsent(role, asked -> missingProgram(image, asked))));
        var files = missingFiles;
        if (files == null) {
            files = missingFiles(image);
            missingFiles = files;
        }
        found.addAll(files);
        return found;
    }

    private List<String> missingProgram(RealImage image, NodeRole role) {
        var found = new ImageCheck(image, build(image));
        found.look(
                Kind.NODE,
                "program of " + role.label() + "s",
                program(role),
                role == NodeRole.EXECUTOR ? SettingNames.IMAGE_EXECUTOR_BIN : SettingNames.IMAGE_NODE_BIN);
        return found.missing();
    }

    private List<String> missingFiles(RealImage image) {
        var found = new ImageCheck(image, new ProgramBuild(Optional.empty()));
        var circuits = new CircuitFiles(paths.circuits());
        String setting = SettingNames.IMAGE_CIRCUITS;
        found.look(Kind.PROGRAM, "program of the circuits", circuits.prover(), setting);
        found.look(Kind.PROGRAM, "program of the circuits", circuits.witnessGenerator(), setting);
        if (needsWitnessData(image, circuits.witnessGenerator())) {
            found.look(Kind.DATA, "data of the witness generator of zksign", circuits.witnessData(), setting);
        }
        found.look(Kind.DATA, "proving key of zksign", circuits.provingKey(), setting);
        found.look(Kind.DATA, "parameters of KZG", paths.parameters(), SettingNames.IMAGE_KZGRS_PARAMS);
        return found.missing();
    }

    private static boolean needsWitnessData(RealImage image, Path generator) {
        try (var opened = image.open(generator).orElse(null)) {
            return opened != null && !opened.isDirectory() && CircuitFiles.needsWitnessData(opened.content());
        } catch (IOException e) {
            return false; // said where files are looked for
        }
    }

    private ProgramBuild build(RealImage image) {
        var known = build;
        if (known == null) {
            known = new ProgramBuild(here == null ? keyOf(image) : here.key());
            build = known;
        }
        return known;
    }

    private Optional<ProvingKey> keyOf(RealImage image) {
        Path key = new CircuitFiles(paths.circuits()).provingKey();
        try (var opened = image.open(key).orElse(null)) {
            return opened == null || opened.isDirectory() ? Optional.empty() : ProvingKey.read(key, opened.content());
        } catch (IOException e) {
            return Optional.empty(); // said where files are looked for
        }
    }

    @Override
    public String described() {
        String circuits = here != null
                ? "circuits " + here.version() + (here.version().isEmpty() ? "of " : " of ") + here.directory()
                : "circuits of the image";
        return "real nodes of " + (image != null ? image.described() : "image '" + reference + "'") + ", " + circuits
                + "; Blend in Broadcast mode" + (overlay == null ? "" : "; overlay " + overlay);
    }

    @Override
    public String described(NodeSpec node) {
        return program(node) + " of " + (image != null ? image.described() : "image '" + reference + "'");
    }

    @Override
    public ShortProgram.Result check(NodeSetup setup, String configuration, Map<String, String> environment)
            throws IOException, InterruptedException {
        var ended = Objects.requireNonNull(image, "image")
                .run(List.of(program(setup.node()).toString(), "--check-config"), environment, configuration);
        return new ShortProgram.Result(ended.exitCode(), ended.output());
    }
}
