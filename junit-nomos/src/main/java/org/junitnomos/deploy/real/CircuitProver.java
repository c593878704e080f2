package org.junitnomos.deploy.real;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.junitnomos.deploy.program.DirectoryTrees;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.Fr;
import org.junitnomos.mantle.Groth16Proof;
import org.junitnomos.mantle.MantleTx;
import org.junitnomos.mantle.NoteSigner;
import org.junitnomos.mantle.WireFormatException;
import org.junitnomos.mantle.ZkPublicKey;
import org.junitnomos.mantle.ZkSecretKey;
import org.junitnomos.mantle.ZkSignature;
import org.junitnomos.time.Stopwatch;

/**
 * Proves by the circuits that nodes were built with (node contract 2.4, 5.5): a program computes the witness, another
 * one the proof. Each proof takes one processor for a part of a second, so no more are made at once than there are
 * processors. Thread-safe.
 *
 * <p>Owners are those of dev nodes, so that both kinds of nodes have one genesis.
 */
final class CircuitProver implements NoteSigner {
    /** Keys in a proof; those that are not used are 0. */
    private static final int KEYS = 32;

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Semaphore PROCESSORS =
            new Semaphore(Runtime.getRuntime().availableProcessors());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long UNKNOWN = Long.MAX_VALUE;

    private final CircuitFiles circuits;
    private final Path directory;
    private final AtomicLong cheapestNanos = new AtomicLong(UNKNOWN);

    /**
     * Proves with the files of a release.
     *
     * @param directory where each proof has a directory of its own for as long as it is made; must exist
     */
    CircuitProver(CircuitFiles circuits, Path directory) {
        this.circuits = circuits;
        this.directory = directory;
    }

    @Override
    public ZkPublicKey ownerOf(Ed25519PrivateKey key) {
        return DEV_NODES.ownerOf(key);
    }

    /** The secret key behind an owner: the public key, read as a number (node contract 5.4). */
    static ZkSecretKey secretOf(Ed25519PrivateKey key) {
        return new ZkSecretKey(Fr.fromLittleEndianModulo(key.publicKey().toBytes()));
    }

    /**
     * Proves for a transaction: all its inputs have one owner.
     *
     * @throws IllegalArgumentException if it has more inputs than a proof has keys
     * @throws IllegalStateException if it cannot be proven; says why
     */
    @Override
    public ZkSignature prove(MantleTx tx, Ed25519PrivateKey owner) {
        int inputs = tx.ledgerTx().inputs().size();
        if (inputs > KEYS) {
            throw new IllegalArgumentException(
                    "a transaction of " + inputs + " inputs cannot be proven, expected at most " + KEYS
                            + " (node contract 2.4). Spend them in several transactions");
        }
        try {
            return prove(tx.hash().value(), Collections.nCopies(inputs, secretOf(owner)));
        } catch (IOException e) {
            throw new IllegalStateException("no proof for transaction " + tx.hash() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while transaction " + tx.hash() + " was proven", e);
        }
    }

    /** Proves for a declaration: the owner of the locked note and the zk id are the same key. Blocks. */
    ZkSignature proveDeclaration(MantleTx tx, Ed25519PrivateKey provider) throws IOException, InterruptedException {
        return prove(tx.hash().value(), Collections.nCopies(2, secretOf(provider)));
    }

    /**
     * Proves that the owners of all keys agree to a message. Blocks.
     *
     * @throws IOException if a program fails or the proof is not about this; names program and file
     */
    ZkSignature prove(Fr message, List<ZkSecretKey> keys) throws IOException, InterruptedException {
        PROCESSORS.acquire();
        var watch = new Stopwatch();
        try {
            Path work = Files.createTempDirectory(directory, "proof");
            try {
                var proof = prove(message, keys, work);
                learnCost(Duration.ofNanos(watch.nanos()));
                return proof;
            } finally {
                DirectoryTrees.delete(work);
            }
        } finally {
            PROCESSORS.release();
        }
    }

    private ZkSignature prove(Fr message, List<ZkSecretKey> keys, Path work) throws IOException, InterruptedException {
        var padded = new ArrayList<>(keys);
        padded.addAll(Collections.nCopies(KEYS - keys.size(), new ZkSecretKey(Fr.ZERO)));
        Path input = work.resolve("input.json");
        Path witness = work.resolve("out.wtns");
        Path proof = work.resolve("proof.json");
        Path publicInputs = work.resolve("public.json");
        var json = JSON.createObjectNode().put("msg", message.toBigInteger().toString());
        var secrets = json.putArray("secret_keys");
        padded.forEach(key -> secrets.add(key.value().toBigInteger().toString()));
        Files.write(input, JSON.writeValueAsBytes(json));
        run(work, List.of(circuits.witnessGenerator(), input, witness), witness);
        run(work, List.of(circuits.prover(), circuits.provingKey(), witness, proof, publicInputs), proof);
        checkPublicInputs(Files.readAllBytes(publicInputs), padded, message);
        try {
            return Groth16Proof.decode(Files.readAllBytes(proof));
        } catch (WireFormatException e) {
            throw new IOException(circuits.prover() + " wrote no proof in snarkjs form: " + e.getMessage(), e);
        }
    }

    /** The cheapest proof is the one that shared its processor with the least. */
    void learnCost(Duration cost) {
        cheapestNanos.accumulateAndGet(cost.toNanos(), Math::min);
    }

    @Override
    public Optional<Duration> costOfProof() {
        long nanos = cheapestNanos.get();
        return nanos == UNKNOWN ? Optional.empty() : Optional.of(Duration.ofNanos(nanos));
    }

    private static void run(Path work, List<Path> command, Path result) throws IOException, InterruptedException {
        var arguments = command.stream().map(Path::toString).toList();
        var ended = ShortProgram.run(arguments, Map.of(), work.resolve("output"), LIMIT);
        if (ended.exitCode() != 0 || !Files.exists(result)) {
            throw new IOException(command.get(0) + " failed with exit code " + ended.exitCode()
                    + (Files.exists(result) ? "" : " and wrote no " + result.getFileName())
                    + (ended.output().isEmpty() ? "" : ": " + ended.output())
                    + ". The circuits must be those of the release that the nodes were built with");
        }
    }

    /** The proof is about owners and message, or it was made by other circuits. */
    private void checkPublicInputs(byte[] json, List<ZkSecretKey> keys, Fr message) throws IOException {
        int end = json.length;
        while (end > 0 && json[end - 1] == 0) {
            end--;
        }
        var found = new ArrayList<String>();
        JsonNode inputs = JSON.readTree(json, 0, end);
        inputs.forEach(each -> found.add(each.asText()));
        var expected = new ArrayList<String>();
        keys.forEach(key -> expected.add(decimal(key.toPublicKey().value().toBigInteger())));
        expected.add(decimal(message.toBigInteger()));
        if (!found.equals(expected)) {
            throw new IOException("the proof of " + circuits.prover() + " is not about the " + KEYS
                    + " owners and the message that were given: it has " + found.size()
                    + " public inputs, expected " + expected.size() + " that are theirs. "
                    + circuits.directory()
                    + " has other circuits than zksign of the release that the nodes were built with");
        }
    }

    private static String decimal(BigInteger number) {
        return number.toString();
    }
}
