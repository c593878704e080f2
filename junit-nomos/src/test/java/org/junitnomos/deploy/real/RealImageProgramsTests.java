package org.junitnomos.deploy.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.settings.SettingsReader;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.TopologySpec;

class RealImageProgramsTests {
    private static final String GOOD = "\u007fELF testing_http POL_PROOF_DEV_MODE";
    private static final List<NodeSpec> BOTH = TopologySpec.of(1, 1).nodes();

    @TempDir
    Path home;

    /** Files by their paths; a text that begins with "-" may not be executed. */
    private final Map<String, String> files = new TreeMap<>(Map.of(
            "/usr/bin/nomos-node", GOOD,
            "/usr/bin/nomos-executor", GOOD,
            "/opt/circuits/prover", "x",
            "/opt/circuits/zksign/witness_generator", "x",
            "/opt/circuits/zksign/witness_generator.dat", "-",
            "/opt/circuits/zksign/proving_key.zkey", "-",
            "/opt/nomos/kzg-params/kzgrs_test_params", "-"));

    private final List<String> asked = new ArrayList<>();

    private final class Image implements RealImage {
        @Override
        public String described() {
            return "image 'nomos:1' (sha256 0123456789ab)";
        }

        @Override
        public Optional<Opened> open(Path path) {
            asked.add(path.toString());
            String text = files.get(path.toString());
            return text == null
                    ? Optional.empty()
                    : Optional.of(new Opened(
                            text.isEmpty(),
                            !text.startsWith("-"),
                            new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1))));
        }

        @Override
        public void copy(Path path, Path target) throws IOException {
            throw new IOException("not expected");
        }

        @Override
        public Ended run(List<String> command, Map<String, String> environment, String configuration) {
            return new Ended(1, "Error: " + command);
        }
    }

    private RealImagePrograms find(Map<String, String> properties) {
        var reader = SettingsReader.ofAll(name -> Optional.empty(), properties, Map.of());
        var found = RealImagePrograms.find(reader, home, "nomos:1", new Image());
        reader.check();
        return found;
    }

    @Test
    void nothingIsMissingInAnImageOfTheOriginalsLayout() {
        var programs = find(Map.of());

        assertThat(programs.missing(BOTH)).isEmpty();
        assertThat(programs.missing(BOTH)).isEmpty();
        assertThat(asked).as("key and generator are looked for, and read").hasSize(9);
        assertThat(asked.stream().distinct()).hasSize(7);
        assertThat(programs.described())
                .isEqualTo(
                        "real nodes of image 'nomos:1' (sha256 0123456789ab), circuits of the image; Blend in Broadcast"
                                + " mode");
        assertThat(programs.described(BOTH.get(1)))
                .isEqualTo("/usr/bin/nomos-executor of image 'nomos:1' (sha256 0123456789ab)");
    }

    @Test
    void everythingThatIsMissingIsNamedWithTheSettingOfItsPath() {
        files.remove("/usr/bin/nomos-executor");
        files.put("/usr/bin/nomos-node", "\u007fELF testing_http");
        files.put("/opt/circuits/prover", "-");
        files.put("/opt/nomos/kzg-params/kzgrs_test_params", ""); // a directory

        assertThat(find(Map.of()).missing(BOTH))
                .containsExactly(
                        "program of validators: /usr/bin/nomos-node of image 'nomos:1' (sha256 0123456789ab) was built"
                                + " without feature 'pol-dev-mode' (it would make no block in the time of a test). Build it"
                                + " with --features testing and RUSTFLAGS='--cfg feature=\"pol-dev-mode\"'",
                        "program of executors: image 'nomos:1' (sha256 0123456789ab) has no file /usr/bin/nomos-executor."
                                + " Take an image that has it, or set NOMOS_IMAGE_EXECUTOR_BIN to where it is",
                        "program of the circuits: /opt/circuits/prover of image 'nomos:1' (sha256 0123456789ab) has no"
                                + " permission to execute. Build the image with chmod +x on it",
                        "parameters of KZG: image 'nomos:1' (sha256 0123456789ab) has no file"
                                + " /opt/nomos/kzg-params/kzgrs_test_params. Take an image that has it, or set"
                                + " NOMOS_IMAGE_KZGRS_PARAMS_PATH to where it is");
    }

    @Test
    void aWitnessGeneratorThatIsNoScriptNeedsItsData() {
        files.remove("/opt/circuits/zksign/witness_generator.dat");

        assertThat(find(Map.of()).missing(BOTH))
                .containsExactly("data of the witness generator of zksign: image 'nomos:1' (sha256 0123456789ab) has no"
                        + " file /opt/circuits/zksign/witness_generator.dat. Take an image that has it, or set"
                        + " NOMOS_IMAGE_CIRCUITS to where it is");

        files.put("/opt/circuits/zksign/witness_generator", "#!/bin/sh");
        assertThat(find(Map.of()).missing(BOTH)).isEmpty();
    }

    @Test
    void programsThatWereBuiltWithOtherCircuitsThanThoseOfTheImageAreNamed() {
        files.put("/usr/bin/nomos-node", GOOD + "\"vk_delta_2\": [\"12345\"");
        files.put("/usr/bin/nomos-executor", GOOD + "\"vk_delta_2\": [\"54321\"");
        files.put(
                "/opt/circuits/zksign/proving_key.zkey",
                new String(ProvingKeyTests.zkey("12345"), StandardCharsets.ISO_8859_1));

        assertThat(find(Map.of()).missing(BOTH))
                .singleElement()
                .asString()
                .startsWith("program of executors: /usr/bin/nomos-executor of image 'nomos:1' (sha256 0123456789ab) was"
                        + " built with circuits of another release than that of /opt/circuits/zksign/proving_key.zkey");
    }

    @Test
    void pathsInTheImageAreSettings() {
        files.put("/nomos/node", files.remove("/usr/bin/nomos-node"));
        files.put("/nomos/params", files.remove("/opt/nomos/kzg-params/kzgrs_test_params"));

        var programs =
                find(Map.of("nomos.image.node.bin", "/nomos/node", "nomos.image.kzgrs.params.path", "/nomos/params"));

        assertThat(programs.missing(BOTH)).isEmpty();
        assertThat(programs.program(BOTH.get(0))).isEqualTo(Path.of("/nomos/node"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> find(Map.of("nomos.image.circuits", "circuits")))
                .withMessage(
                        "Setting 'nomos.image.circuits' (system property) is \"circuits\", expected an absolute path in"
                                + " the image (it is relative).");
    }

    @Test
    void whatAProgramWroteIsShortAndWithoutColors() {
        var result = new ShortProgram.Result(1, "x".repeat(10_000) + "\u001b[31mError:\u001b[0m unknown field\n");

        assertThat(result.output())
                .startsWith("...xxx")
                .endsWith("Error: unknown field")
                .hasSize(2_003);
    }

    @Test
    void circuitsOfThisMachineCountIfTheyAreNamed() {
        var programs = find(Map.of("nomos.circuits", home.resolve("none").toString()));

        assertThat(programs.missing(BOTH))
                .singleElement()
                .asString()
                .startsWith("circuits, which prove for genesis and transactions: " + home.resolve("none")
                        + " is no directory. Set NOMOS_CIRCUITS to that of a release");
        assertThat(programs.described()).contains(", circuits of " + home.resolve("none") + ";");
    }
}
