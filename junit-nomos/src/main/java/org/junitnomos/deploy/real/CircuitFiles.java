package org.junitnomos.deploy.real;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junitnomos.deploy.program.Fingerprint;

/**
 * The files of a release of the circuits that are needed to prove for the owners of notes (node contract 5.5).
 *
 * @param directory where the release was unpacked
 */
record CircuitFiles(Path directory) {
    private static final int NAME_LENGTH = 20;
    private static final byte[] SCRIPT = {'#', '!'};

    Path prover() {
        return directory.resolve("prover");
    }

    Path witnessGenerator() {
        return directory.resolve("zksign").resolve("witness_generator");
    }

    /** What the witness generator reads beside its input. */
    Path witnessData() {
        return directory.resolve("zksign").resolve("witness_generator.dat");
    }

    /**
     * Says whether a witness generator reads {@link #witnessData()}: every program that the compiler of circuits makes
     * does.
     *
     * @param generator its bytes
     */
    static boolean needsWitnessData(InputStream generator) throws IOException {
        return !Arrays.equals(generator.readNBytes(SCRIPT.length), SCRIPT);
    }

    Path provingKey() {
        return directory.resolve("zksign").resolve("proving_key.zkey");
    }

    /** {@return what tells their proving key from that of another release; empty if it cannot be read} */
    Optional<ProvingKey> key() {
        try {
            return ProvingKey.read(provingKey());
        } catch (IOException e) {
            return Optional.empty(); // said where files are looked for
        }
    }

    /** Names their content: each release has keys of its own, so that a proof of another one is refused. Reads them. */
    String fingerprint() throws IOException {
        var fingerprint = new Fingerprint();
        for (Path file : List.of(prover(), witnessGenerator(), provingKey())) {
            fingerprint.add(FileDigests.of(file));
        }
        return fingerprint.hex().substring(0, NAME_LENGTH);
    }

    /** {@return what the release calls itself, as its file {@code VERSION} has it; empty without that file} */
    String version() {
        try {
            return Files.readString(directory.resolve("VERSION")).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
