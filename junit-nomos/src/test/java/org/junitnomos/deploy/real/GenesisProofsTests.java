package org.junitnomos.deploy.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junitnomos.deploy.real.CircuitProverTests.OWNER;
import static org.junitnomos.deploy.real.CircuitProverTests.spending;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.realnode.StandInProof;
import org.junitnomos.realnode.StandIns;

class GenesisProofsTests {
    @TempDir
    Path directory;

    private CircuitProver prover;
    private CircuitFiles circuits;
    private Optional<Path> cache;

    @BeforeEach
    void install() throws IOException {
        circuits = new CircuitFiles(
                StandIns.in(Files.createDirectory(directory.resolve("bin"))).circuits());
        prover = new CircuitProver(circuits, Files.createDirectory(directory.resolve("proofs")));
        cache = Optional.of(Files.createDirectory(directory.resolve("cache")));
    }

    @Test
    void provesOnceForEachContentAndCircuits() throws Exception {
        var tx = spending(1);
        var first = new GenesisProofs(circuits, cache).of(tx, List.of(OWNER, OWNER), prover);
        var broken = new CircuitProver(circuits, directory.resolve("nowhere"));

        assertThat(new GenesisProofs(circuits, cache).of(tx, List.of(OWNER, OWNER), broken))
                .isEqualTo(first)
                .hasSize(2)
                .allMatch(proof -> StandInProof.isAbout(proof, tx.hash(), StandIns.RELEASE));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new GenesisProofs(circuits, cache).of(spending(2), List.of(OWNER), broken));
        Files.writeString(circuits.provingKey(), "stand-in key of another release");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new GenesisProofs(circuits, cache).of(tx, List.of(OWNER, OWNER), broken));
    }

    @Test
    void whatAProofCostsHereIsKeptBesideThem() throws Exception {
        assertThat(prover.costOfProof()).isEmpty();
        new GenesisProofs(circuits, cache).of(spending(1), List.of(OWNER), prover);
        var cost = prover.costOfProof().orElseThrow();
        var later = new CircuitProver(circuits, directory.resolve("nowhere"));

        new GenesisProofs(circuits, cache).of(spending(1), List.of(OWNER), later);

        assertThat(cost).isPositive();
        assertThat(later.costOfProof()).hasValue(cost.truncatedTo(ChronoUnit.MILLIS));
    }

    @Test
    void aSpoiledFileIsProvenAgain() throws Exception {
        var proofs = new GenesisProofs(circuits, cache);
        var tx = spending(1);
        var first = proofs.of(tx, List.of(OWNER), prover);
        Path kept;
        try (var files = Files.walk(cache.get())) {
            kept = files.filter(file ->
                            file.getFileName().toString().equals(tx.hash().toString()))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(kept);
        bytes[40] ^= 1;
        Files.write(kept, bytes);

        assertThat(proofs.of(tx, List.of(OWNER), prover)).isEqualTo(first);
        assertThat(Files.readAllBytes(kept)).isNotEqualTo(bytes);
    }

    @Test
    void namesWhatFailed() throws IOException {
        Files.delete(circuits.witnessGenerator());

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new GenesisProofs(circuits, Optional.empty())
                        .of(spending(1), Collections.nCopies(3, OWNER), prover))
                .withMessageContaining("witness_generator");
    }
}
