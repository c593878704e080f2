package org.junitnomos.deploy.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.realnode.StandIns;
import org.junitnomos.settings.SettingsReader;
import org.junitnomos.topology.TopologySpec;

class RealNodeFilesTests {
    /** Number of a machine on which nobody runs these tests. */
    private static final int S390X = 22;

    @TempDir
    Path directory;

    private StandIns standIns;
    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void install() throws IOException {
        standIns = StandIns.in(Files.createDirectory(directory.resolve("bin")));
        settings.putAll(standIns.settings());
    }

    private RealNodeFiles find(Map<String, String> environment) {
        var reader = SettingsReader.ofAll(name -> Optional.empty(), settings, environment);
        var files = RealNodeFiles.find(reader, environment, directory.resolve("home"));
        assertThat(reader.problems()).isEmpty();
        return files;
    }

    @Test
    void nothingIsMissingWhereAllIsThere() {
        assertThat(find(Map.of()).missing(TopologySpec.of(1, 1).nodes())).isEmpty();
    }

    @Test
    void variablesOfTheFrameworkNameTheSame() {
        settings.clear();
        var files = find(Map.of(
                "NOMOS_NODE_BIN", standIns.node().toString(),
                "NOMOS_EXECUTOR_BIN", standIns.executor().toString(),
                "NOMOS_CIRCUITS", standIns.circuits().toString(),
                "NOMOS_KZGRS_PARAMS_PATH", standIns.parameters().getParent().toString()));

        assertThat(files.missing(TopologySpec.of(1, 1).nodes())).isEmpty();
        assertThat(files.parameters()).isEqualTo(standIns.parameters());
    }

    @Test
    void programsAreLookedUpInThePath() {
        settings.remove("nomos.node.bin");
        settings.remove("nomos.executor.bin");

        var files = find(Map.of("PATH", "/nowhere:" + standIns.node().getParent()));

        assertThat(files.validator()).isEqualTo(standIns.node());
        assertThat(files.executor()).isEqualTo(standIns.executor());
    }

    @Test
    void everythingThatIsMissingIsToldAtOnce() {
        settings.clear();

        assertThat(find(Map.of()).missing(TopologySpec.of(1, 1).nodes()))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith(
                                        "program of validators: nomos-node is not in PATH. Set NOMOS_NODE_BIN to it"),
                        line -> assertThat(line)
                                .startsWith(
                                        "program of executors: nomos-executor is not in PATH. Set NOMOS_EXECUTOR_BIN"),
                        line -> assertThat(line)
                                .startsWith("circuits, which prove for genesis and transactions: "
                                        + directory.resolve("home/.nomos-circuits")
                                        + " is no directory. Set NOMOS_CIRCUITS to that of a release"),
                        line -> assertThat(line)
                                .isEqualTo("parameters of KZG, without which no node starts: not set. Set"
                                        + " NOMOS_KZGRS_PARAMS_PATH to the file kzgrs_test_params (in tests/kzgrs of the"
                                        + " node's sources)"));
    }

    @Test
    void executorsAreMissedOnlyWhereThereAreSome() {
        settings.put("nomos.executor.bin", "/nowhere/nomos-executor");

        assertThat(find(Map.of()).missing(TopologySpec.of(1, 0).nodes())).isEmpty();
        assertThat(find(Map.of()).missing(TopologySpec.of(0, 1).nodes()))
                .singleElement()
                .asString()
                .startsWith("program of executors: /nowhere/nomos-executor does not exist. ")
                .contains("NOMOS_EXECUTOR_BIN must name nomos-executor");
    }

    @Test
    void programsThatCannotBeRunAreNamedWithTheReason() throws IOException {
        Files.setPosixFilePermissions(standIns.node(), PosixFilePermissions.fromString("rw-r--r--"));
        Files.write(standIns.circuits().resolve("prover"), elf(S390X, ""));

        assertThat(find(Map.of()).missing(TopologySpec.of(1, 0).nodes()))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("program of validators: " + standIns.node()
                                        + " has no permission to execute. Run chmod +x on the file"),
                        line -> assertThat(line)
                                .startsWith("program of the circuits: " + standIns.circuits()
                                        + "/prover is a program for s390x")
                                .contains("NOMOS_CIRCUITS must name a whole release"));
    }

    @Test
    void circuitsThatAreNotWholeAreNamedByFile() throws IOException {
        Files.delete(standIns.circuits().resolve("zksign/witness_generator"));
        Files.delete(standIns.circuits().resolve("zksign/proving_key.zkey"));

        assertThat(find(Map.of()).missing(TopologySpec.of(1, 1).nodes()))
                .satisfiesExactly(
                        line -> assertThat(line).contains("zksign/witness_generator does not exist"),
                        line -> assertThat(line)
                                .startsWith("proving key of zksign: " + standIns.circuits()
                                        + "/zksign/proving_key.zkey does not exist"));
    }

    @Test
    void parametersThatAreNotThereAreNamed() {
        settings.put("nomos.kzgrs.params.path", "/nowhere/params");

        assertThat(find(Map.of()).missing(TopologySpec.of(1, 1).nodes()))
                .singleElement()
                .asString()
                .startsWith("parameters of KZG, without which no node starts: /nowhere/params does not exist. Set"
                        + " NOMOS_KZGRS_PARAMS_PATH");
    }

    @Test
    void filesOfDataThatAreEmptyOrDirectoriesAreNamed() throws IOException {
        Path key = standIns.circuits().resolve("zksign/proving_key.zkey");
        Files.delete(key);
        Files.createDirectory(key);
        Files.write(standIns.parameters(), new byte[0]);

        assertThat(find(Map.of()).missing(TopologySpec.of(1, 1).nodes()))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("proving key of zksign: " + key + " is a directory. "),
                        line -> assertThat(line)
                                .startsWith("parameters of KZG, without which no node starts: " + standIns.parameters()
                                        + " is empty. Set"));
    }

    @Test
    void filesThatWereCutOffAreNamed() throws IOException {
        byte[] program = elf(own(), "testing_http POL_PROOF_DEV_MODE");
        program[41] = 1; // sections begin at 256
        program[58] = 64;
        program[60] = 2;
        Path node = Files.write(directory.resolve("node"), program);
        Files.setPosixFilePermissions(node, PosixFilePermissions.fromString("rwxr-xr-x"));
        settings.put("nomos.node.bin", node.toString());
        Path key = standIns.circuits().resolve("zksign/proving_key.zkey");
        Files.write(key, Arrays.copyOf(ProvingKeyTests.zkey("5"), 740));
        Files.write(standIns.parameters(), new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 7, 7});

        assertThat(find(Map.of()).missing(TopologySpec.of(1, 0).nodes()))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("program of validators: " + node
                                        + " was cut off: it has 95 bytes, and its headers speak of 384. Copy or build it"
                                        + " again, and look whether a disk is full (df -h shows it); NOMOS_NODE_BIN must"
                                        + " name nomos-node"),
                        line -> assertThat(line)
                                .startsWith("proving key of zksign: " + key
                                        + " was cut off: it has 740 bytes, and what it begins with speaks of 752."
                                        + " NOMOS_CIRCUITS must name a whole release"),
                        line -> assertThat(line)
                                .startsWith("parameters of KZG, without which no node starts: " + standIns.parameters()
                                        + " was cut off: it has 10 bytes, and what it begins with speaks of more. Set"
                                        + " NOMOS_KZGRS_PARAMS_PATH"));
    }

    @Test
    void aWitnessGeneratorThatIsNoScriptNeedsItsData() throws IOException {
        Path generator = standIns.circuits().resolve("zksign/witness_generator");
        Files.write(generator, elf(own(), "main"));

        assertThat(find(Map.of()).missing(TopologySpec.of(1, 0).nodes()))
                .singleElement()
                .asString()
                .startsWith("data of the witness generator of zksign, without which it ends: " + generator
                        + ".dat does not exist. NOMOS_CIRCUITS must name a whole release");

        Files.writeString(standIns.circuits().resolve("zksign/witness_generator.dat"), "data");
        assertThat(find(Map.of()).missing(TopologySpec.of(1, 0).nodes())).isEmpty();
    }

    @Test
    void anOverlayThatIsNoneIsNamed() throws IOException {
        settings.put(
                "nomos.node.overlay",
                Files.writeString(directory.resolve("o.yaml"), "- 1").toString());

        assertThat(find(Map.of()).missing(TopologySpec.of(1, 1).nodes()))
                .singleElement()
                .asString()
                .startsWith("overlay of configurations: " + directory.resolve("o.yaml") + " has no overlay at line 1: ")
                .endsWith("NOMOS_NODE_OVERLAY must name a file of that form, or nothing");
        assertThat(find(Map.of()).described()).endsWith("; overlay " + directory.resolve("o.yaml"));
    }

    @Test
    void buildsWithoutTheFeaturesOfTestsAreNamed() throws IOException {
        Path program = directory.resolve("node");
        Files.write(program, elf(own(), "x".repeat(70_000) + "testing_http and more"));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        settings.put("nomos.node.bin", program.toString());

        assertThat(find(Map.of()).missing(TopologySpec.of(1, 0).nodes()))
                .singleElement()
                .asString()
                .startsWith(
                        "program of validators: " + program + " was built without feature 'pol-dev-mode' (it would make"
                                + " no block in the time of a test). Build it with --features testing");

        Files.write(program, elf(own(), "y".repeat(65_536 - 69) + "testing_http POL_PROOF_DEV_MODE"));
        assertThat(find(Map.of()).missing(TopologySpec.of(1, 0).nodes())).isEmpty();
    }

    @Test
    void programsThatWereBuiltWithOtherCircuitsAreNamed() throws IOException {
        Path program = directory.resolve("node");
        Files.write(program, elf(own(), "testing_http POL_PROOF_DEV_MODE \"vk_delta_2\": [\"12345\""));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        settings.put("nomos.node.bin", program.toString());
        Path key = standIns.circuits().resolve("zksign/proving_key.zkey");

        Files.write(key, ProvingKeyTests.zkey("12345"));
        assertThat(find(Map.of()).missing(TopologySpec.of(1, 0).nodes())).isEmpty();

        Files.write(key, ProvingKeyTests.zkey("54321"));
        assertThat(find(Map.of()).missing(TopologySpec.of(1, 0).nodes()))
                .containsExactly(
                        "program of validators: " + program + " was built with circuits of another release than"
                                + " that of " + key + ", so it refuses what they prove. Set NOMOS_CIRCUITS to the"
                                + " release that it was built with, or build it with these, and name it in NOMOS_NODE_BIN");
    }

    /** The header of a program for a machine, without segments and sections, and then some text. */
    private static byte[] elf(int machine, String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.write(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, (byte) machine, 0});
        bytes.write(new byte[44]);
        bytes.write(text.getBytes(StandardCharsets.US_ASCII));
        return bytes.toByteArray();
    }

    private static int own() {
        return System.getProperty("os.arch").equals("aarch64") ? 183 : 62;
    }

    @Test
    void namesWhatRuns() throws IOException {
        assertThat(find(Map.of()).described())
                .matches(
                        "nomos-node \\(.*, sha256 [0-9a-f]{12}\\) and nomos-executor \\(.*, sha256 [0-9a-f]{12}\\), circuits"
                                + " v0.0.0-stand-in of .*; Blend in Broadcast mode");
        Files.delete(standIns.circuits().resolve("VERSION"));
        settings.remove("nomos.executor.bin");
        assertThat(find(Map.of()).described())
                .doesNotContain("stand-in of")
                .contains("circuits of ")
                .doesNotContain(" and ");
    }
}
