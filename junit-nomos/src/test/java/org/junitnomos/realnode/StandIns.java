package org.junitnomos.realnode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junitnomos.testkit.ChildJvm;

/** Puts programs that stand in for real nodes and their circuits into a directory, with all files that nodes need. */
public final class StandIns {
    /** What the proving key says; nodes take proofs by circuits of this release. */
    public static final String RELEASE = "stand-in key";

    private final Path directory;

    private StandIns(Path directory) {
        this.directory = directory;
    }

    /** Installs everything. */
    public static StandIns in(Path directory) throws IOException {
        var installed = new StandIns(directory);
        Files.createDirectories(installed.circuits().resolve("zksign"));
        installed.nodes(List.of());
        script(installed.circuits().resolve("prover"), java("org.junitnomos.realnode.StandInProver", List.of()));
        script(installed.circuits().resolve("zksign/witness_generator"), "[ -s \"$1\" ] && cp \"$1\" \"$2\"\n");
        Files.writeString(installed.circuits().resolve("zksign/proving_key.zkey"), RELEASE);
        Files.writeString(installed.circuits().resolve("VERSION"), "v0.0.0-stand-in\n");
        Files.writeString(installed.parameters(), "parameters");
        return installed;
    }

    /**
     * Puts the programs of nodes there again.
     *
     * @param options before their arguments, see {@link org.junitnomos.devnode.program.StandInNode}
     */
    public void nodes(List<String> options) {
        String main = "org.junitnomos.devnode.program.StandInNode";
        script(node(), java(main, options));
        var ofExecutors = new ArrayList<>(options);
        ofExecutors.add("--executor");
        script(executor(), java(main, ofExecutors));
    }

    private static String java(String main, List<String> options) {
        var command = new ArrayList<>(List.of(ChildJvm.java(), "-Xmx256m"));
        command.addAll(ChildJvm.quickOptions());
        command.add(main);
        command.addAll(options);
        return "exec '" + String.join("' '", command) + "' \"$@\"\n";
    }

    private static void script(Path file, String text) {
        try {
            Files.writeString(file, "#!/bin/sh\n" + text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path node() {
        return directory.resolve("nomos-node");
    }

    public Path executor() {
        return directory.resolve("nomos-executor");
    }

    public Path circuits() {
        return directory.resolve("circuits");
    }

    public Path parameters() {
        return directory.resolve("kzgrs_test_params");
    }

    /** The settings that name all of it. */
    public Map<String, String> settings() {
        var settings = new LinkedHashMap<String, String>();
        settings.put("nomos.node.bin", node().toString());
        settings.put("nomos.executor.bin", executor().toString());
        settings.put("nomos.circuits", circuits().toString());
        settings.put("nomos.kzgrs.params.path", parameters().toString());
        return settings;
    }
}
