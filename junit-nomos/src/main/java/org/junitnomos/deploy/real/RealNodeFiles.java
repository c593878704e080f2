package org.junitnomos.deploy.real;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.NodeKind;
import org.junitnomos.deploy.NodeSetup;
import org.junitnomos.deploy.diagnosis.ProgramFile;
import org.junitnomos.deploy.real.DataFile.Form;
import org.junitnomos.settings.SettingNames;
import org.junitnomos.settings.SettingsReader;
import org.junitnomos.settings.UnusableSettingException;
import org.junitnomos.topology.NodeRole;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.TopologySpec;

/**
 * The programs and files that real nodes need, by settings that have the names of the Rust testing framework (node
 * contract 5.1, 5.2, 5.5, 4.2).
 *
 * @param validator program {@code nomos-node}; null if it was not found
 * @param executor program {@code nomos-executor}; null if it was not found
 * @param circuits the circuits
 * @param parameters file with the parameters of KZG; null if it is not set
 * @param overlay file that is laid over the configurations; null for none
 * @param programs programs of single nodes, by their names
 */
record RealNodeFiles(
        @Nullable Path validator,
        @Nullable Path executor,
        CircuitFiles circuits,
        @Nullable Path parameters,
        @Nullable Path overlay,
        Map<String, Path> programs)
        implements RealPrograms {
    private static final Duration CHECK_LIMIT = Duration.ofSeconds(30);
    static final String VALIDATOR = "nomos-node";
    static final String EXECUTOR = "nomos-executor";

    static final String PARAMETERS = "kzgrs_test_params";
    static final String FEATURES = "with --features testing and RUSTFLAGS='--cfg feature=\"pol-dev-mode\"'";
    private static final String BUILD = "from the node's sources, built " + FEATURES;

    /**
     * Finds them.
     *
     * @param reader of settings; keeps what is wrong with them
     * @param environment has {@code PATH}
     * @param home directory of the user
     */
    static RealNodeFiles find(SettingsReader reader, Map<String, String> environment, Path home) {
        return new RealNodeFiles(
                program(reader, SettingNames.NODE_BIN, VALIDATOR, environment),
                program(reader, SettingNames.EXECUTOR_BIN, EXECUTOR, environment),
                new CircuitFiles(reader.value(
                        SettingNames.CIRCUITS,
                        home.resolve(".nomos-circuits"),
                        "the path of a directory",
                        RealNodeFiles::path)),
                reader.find(SettingNames.KZGRS_PARAMS, "the path of a file", text -> parameters(path(text))),
                reader.find(SettingNames.NODE_OVERLAY, "the path of a file", RealNodeFiles::path),
                reader.ofNodes(SettingNames.NODE_BIN, "the path of a program", RealNodeFiles::path));
    }

    /** The same files, but for the program of one node. */
    RealNodeFiles with(NodeSpec node, String program) {
        var all = new TreeMap<>(programs);
        try {
            all.put(node.name(), path(program));
        } catch (UnusableSettingException e) {
            throw new IllegalArgumentException(
                    "\"" + program + "\" is no path of a program (" + e.getMessage() + ")", e);
        }
        return new RealNodeFiles(validator, executor, circuits, parameters, overlay, all);
    }

    @Override
    public Path program(NodeSpec node) {
        return Objects.requireNonNull(find(node), node.name());
    }

    private @Nullable Path find(NodeSpec node) {
        return programs.getOrDefault(node.name(), node.role() == NodeRole.EXECUTOR ? executor : validator);
    }

    @Override
    public List<NodeSpec> anyNodes() {
        return TopologySpec.of(validator != null || executor == null ? 1 : 0, executor != null ? 1 : 0)
                .nodes();
    }

    @Override
    public List<String> objections(TopologySpec topology) {
        return NodeKind.strangers(SettingNames.NODE_BIN, programs.keySet(), topology);
    }

    @Override
    public Path parametersInside() {
        return Objects.requireNonNull(parameters, "parameters");
    }

    @Override
    public Path circuitsInside() {
        return circuits.directory();
    }

    @Override
    public String listen(String host) {
        return host;
    }

    @Override
    public ShortProgram.Result check(NodeSetup setup, String configuration, Map<String, String> environment)
            throws IOException, InterruptedException {
        Files.writeString(setup.config(), configuration, StandardCharsets.UTF_8);
        return ShortProgram.run(
                List.of(
                        program(setup.node()).toString(),
                        "--check-config",
                        setup.config().toString()),
                environment,
                setup.directory().resolve("check-config"),
                CHECK_LIMIT);
    }

    private static @Nullable Path program(
            SettingsReader reader, String setting, String name, Map<String, String> environment) {
        Path named = reader.find(setting, "the path of a program", RealNodeFiles::path);
        if (named != null) {
            return named;
        }
        for (String directory : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
            Path candidate = Path.of(directory, name);
            if (!directory.isBlank() // it would be the current directory, in which anybody may have put one
                    && Files.isRegularFile(candidate)
                    && Files.isExecutable(candidate)) {
                return candidate.toAbsolutePath();
            }
        }
        return null;
    }

    static Path path(String text) {
        try {
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new UnusableSettingException(e.getReason());
        }
    }

    /** The framework has the file in a directory of its own name. */
    private static Path parameters(Path path) {
        return Files.isDirectory(path) ? path.resolve(PARAMETERS) : path;
    }

    /**
     * Says everything that is missing for nodes.
     *
     * @return one line each: what, what for, its variable and where it comes from; none if all is there
     */
    @Override
    public List<String> missing(List<NodeSpec> nodes) {
        var missing = new ArrayList<String>();
        if (hasUsual(nodes, NodeRole.VALIDATOR)) {
            checkProgram("program of validators", validator, VALIDATOR, variable(SettingNames.NODE_BIN), missing);
        }
        if (hasUsual(nodes, NodeRole.EXECUTOR)) {
            checkProgram("program of executors", executor, EXECUTOR, variable(SettingNames.EXECUTOR_BIN), missing);
        }
        nodes.forEach(node -> missing.addAll(missingOf(node, variable(SettingNames.NODE_BIN + "." + node.name()))));
        checkCircuits(circuits, missing);
        checkParameters(missing);
        missing.addAll(overlayMissing(this));
        return missing;
    }

    /** Says what is wrong with the overlay of a setting. */
    static List<String> overlayMissing(RealPrograms programs) {
        try {
            programs.readOverlay();
            return List.of();
        } catch (IOException e) {
            return List.of("overlay of configurations: " + e.getMessage() + ". " + variable(SettingNames.NODE_OVERLAY)
                    + " must name a file of that form, or nothing");
        }
    }

    private boolean hasUsual(List<NodeSpec> nodes, NodeRole role) {
        return nodes.stream().anyMatch(node -> node.role() == role && !programs.containsKey(node.name()));
    }

    /**
     * Says what is missing of a program that one node alone runs.
     *
     * @param naming what names it
     */
    List<String> missingOf(NodeSpec node, String naming) {
        var missing = new ArrayList<String>();
        if (programs.containsKey(node.name())) {
            checkProgram("program of " + node.name(), programs.get(node.name()), name(node), naming, missing);
        }
        return missing;
    }

    private static String name(NodeSpec node) {
        return node.role() == NodeRole.EXECUTOR ? EXECUTOR : VALIDATOR;
    }

    private void checkProgram(String what, @Nullable Path program, String name, String variable, List<String> missing) {
        if (program == null) {
            missing.add(what + ": " + name + " is not in PATH. Set " + variable + " to it (" + BUILD + ")");
            return;
        }
        var problem = ProgramFile.check(program);
        if (problem.isPresent()) {
            missing.add(what + ": " + problem.get().evidence() + ". "
                    + problem.get().signature().fix() + "; " + variable + " must name " + name + " (" + BUILD + ")");
        } else {
            checkBuild(what, program, variable, missing);
        }
    }

    private void checkBuild(String what, Path program, String variable, List<String> missing) {
        try {
            for (String problem : new ProgramBuild(circuits.key()).problems(program)) {
                missing.add(what + ": " + program + " " + problem + ", and name it in " + variable);
            }
        } catch (IOException e) {
            missing.add(what + ": " + program + " cannot be read (" + e
                    + "). Make it readable, to see whether it has the features that tests need");
        }
    }

    /** Says what is missing of the circuits that prove on this machine. */
    static void checkCircuits(CircuitFiles circuits, List<String> missing) {
        String variable = variable(SettingNames.CIRCUITS);
        String source = "from the release of nomos-circuits that the nodes were built with";
        if (!Files.isDirectory(circuits.directory())) {
            missing.add("circuits, which prove for genesis and transactions: " + circuits.directory()
                    + " is no directory. Set " + variable + " to that of a release (" + source + ")");
            return;
        }
        for (Path program : List.of(circuits.prover(), circuits.witnessGenerator())) {
            ProgramFile.check(program)
                    .ifPresent(problem -> missing.add("program of the circuits: " + problem.evidence() + ". "
                            + problem.signature().fix() + "; " + variable + " must name a whole release (" + source
                            + ")"));
        }
        String fix = ". " + variable + " must name a whole release (" + source + ")";
        if (needsWitnessData(circuits)) {
            String what = "data of the witness generator of zksign, without which it ends: ";
            DataFile.unusable(circuits.witnessData(), Form.ANY).ifPresent(why -> missing.add(what + why + fix));
        }
        DataFile.unusable(circuits.provingKey(), ProvingKey::length)
                .ifPresent(why -> missing.add("proving key of zksign: " + why + fix));
    }

    /** Without a generator it is that which is missed. */
    private static boolean needsWitnessData(CircuitFiles circuits) {
        try (var generator = Files.newInputStream(circuits.witnessGenerator())) {
            return CircuitFiles.needsWitnessData(generator);
        } catch (IOException e) {
            return false;
        }
    }

    private void checkParameters(List<String> missing) {
        String variable = variable(SettingNames.KZGRS_PARAMS);
        String fix = "Set " + variable + " to the file " + PARAMETERS + " (in tests/kzgrs of the node's sources)";
        if (parameters == null) {
            missing.add("parameters of KZG, without which no node starts: not set. " + fix);
        } else {
            DataFile.unusable(parameters, KzgParameters::length)
                    .ifPresent(
                            why -> missing.add("parameters of KZG, without which no node starts: " + why + ". " + fix));
        }
    }

    /** {@return what is laid over the configurations; empty if nothing is} */
    @Override
    public Optional<ConfigOverlay> readOverlay() throws IOException {
        return overlay == null ? Optional.empty() : Optional.of(ConfigOverlay.read(overlay));
    }

    private static String variable(String setting) {
        return SettingNames.variable(setting);
    }

    /** Names the programs, what they are and what they prove with, for the first line of a run. */
    @Override
    public String described() {
        var parts = new ArrayList<String>();
        describe(VALIDATOR, validator).ifPresent(parts::add);
        describe(EXECUTOR, executor).ifPresent(parts::add);
        String version = circuits.version();
        return (parts.isEmpty() ? "real nodes without a program" : String.join(" and ", parts)) + ", circuits "
                + (version.isEmpty() ? "" : version + " ") + "of " + circuits.directory()
                + "; Blend in Broadcast mode" + (overlay == null ? "" : "; overlay " + overlay) + ofSingleNodes();
    }

    private String ofSingleNodes() {
        var text = new StringBuilder();
        programs.forEach((node, program) -> {
            String name = node.startsWith(NodeRole.EXECUTOR.label()) ? EXECUTOR : VALIDATOR;
            text.append("; ")
                    .append(node)
                    .append(": ")
                    .append(describe(name, program).orElseThrow());
        });
        return text.toString();
    }

    /** Names the program of one node. */
    @Override
    public String described(NodeSpec node) {
        return describe(name(node), find(node)).orElse("nothing");
    }

    private static Optional<String> describe(String name, @Nullable Path program) {
        if (program == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(name + " (" + program + ", sha256 "
                    + FileDigests.of(program).substring(0, 12) + ")");
        } catch (IOException e) {
            return Optional.of(name + " (" + program + ", which cannot be read)");
        }
    }
}
