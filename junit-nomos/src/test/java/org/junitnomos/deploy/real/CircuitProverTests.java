package org.junitnomos.deploy.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.Fr;
import org.junitnomos.mantle.LedgerTx;
import org.junitnomos.mantle.MantleTx;
import org.junitnomos.mantle.Note;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.mantle.NoteSigner;
import org.junitnomos.realnode.StandInProof;
import org.junitnomos.realnode.StandIns;

class CircuitProverTests {
    static final Ed25519PrivateKey OWNER = Ed25519PrivateKey.fromSeed(
            new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2
            });

    @TempDir
    Path directory;

    private StandIns standIns;
    private CircuitProver prover;
    private CircuitFiles circuits;

    @BeforeEach
    void install() throws IOException {
        standIns = StandIns.in(Files.createDirectory(directory.resolve("bin")));
        circuits = new CircuitFiles(standIns.circuits());
        prover = new CircuitProver(circuits, Files.createDirectory(directory.resolve("proofs")));
    }

    static MantleTx spending(int inputs) {
        var ids = new ArrayList<NoteId>();
        for (int i = 0; i < inputs; i++) {
            ids.add(new NoteId(Fr.of(i + 1)));
        }
        var owner = NoteSigner.DEV_NODES.ownerOf(OWNER);
        return MantleTx.of(List.of(), new LedgerTx(ids, List.of(new Note(1, owner))));
    }

    @Test
    void ownersAreThoseOfDevNodes() {
        assertThat(prover.ownerOf(OWNER)).isEqualTo(NoteSigner.DEV_NODES.ownerOf(OWNER));
        assertThat(CircuitProver.secretOf(OWNER).toPublicKey()).isEqualTo(prover.ownerOf(OWNER));
    }

    @Test
    void provesForTheOwnerOfAllInputs() throws IOException {
        var tx = spending(2);

        var proof = prover.prove(tx, OWNER);

        assertThat(StandInProof.isAbout(proof, tx.hash(), StandIns.RELEASE)).isTrue();
        assertThat(StandInProof.isAbout(proof, spending(1).hash(), StandIns.RELEASE))
                .isFalse();
        assertThat(directory.resolve("proofs")).isEmptyDirectory();
    }

    @Test
    void aTransactionWithoutInputsIsProvenWithoutSecrets() {
        assertThat(prover.prove(spending(0), OWNER).piA()).isEqualTo(new byte[32]);
    }

    @Test
    void refusesMoreInputsThanAProofHasKeys() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> prover.prove(spending(33), OWNER))
                .withMessage(
                        "a transaction of 33 inputs cannot be proven, expected at most 32 (node contract 2.4). Spend"
                                + " them in several transactions");
    }

    @Test
    void namesTheProgramThatFailedWithWhatItSaid() throws IOException {
        Files.writeString(circuits.provingKey(), "another key");

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> prover.prove(spending(1), OWNER))
                .withMessageContainingAll(
                        circuits.prover()
                                + " failed with exit code 1 and wrote no proof.json: Error: invalid proving key",
                        "The circuits must be those of the release that the nodes were built with");
        assertThat(directory.resolve("proofs")).isEmptyDirectory();
    }

    @Test
    void refusesAProofOfSomethingElse() throws IOException {
        Files.writeString(circuits.prover(), "#!/bin/sh\necho '{}' >\"$3\"; echo '[\"1\"]' >\"$4\"\n");

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> prover.prove(spending(1), OWNER))
                .withMessageContaining(
                        "is not about the 32 owners and the message that were given: it has 1 public inputs,"
                                + " expected 33 that are theirs");
    }
}
