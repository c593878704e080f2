package org.junitnomos.deploy.real;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junitnomos.deploy.program.CacheDirectory;
import org.junitnomos.deploy.program.Fingerprint;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.MantleTx;
import org.junitnomos.mantle.ZkSignature;
import org.junitnomos.time.Threads;
import org.slf4j.LoggerFactory;

/**
 * Proves a genesis, one proof for each node, on all processors at once. What was proven once is kept by the content of
 * circuits and genesis, and not proven again; what a proof costs here is kept beside it.
 */
final class GenesisProofs {
    private static final int CHECKSUM_LENGTH = 32;

    /** File with the milliseconds of a processor that a proof costs. */
    private static final String COST = "cost-millis";

    private final CircuitFiles circuits;
    private final Optional<Path> cache;

    GenesisProofs(CircuitFiles circuits) {
        this(circuits, CacheDirectory.find());
    }

    GenesisProofs(CircuitFiles circuits, Optional<Path> cache) {
        this.circuits = circuits;
        this.cache = cache;
    }

    /** Returns a proof for each provider, in order. Blocks while what is not known is proven. */
    List<ZkSignature> of(MantleTx tx, List<Ed25519PrivateKey> providers, CircuitProver prover)
            throws IOException, InterruptedException {
        Path file = cache.isPresent() ? file(cache.get(), tx) : null;
        if (file != null) {
            var known = read(file, providers.size());
            if (known.isPresent()) {
                readCost(file.resolveSibling(COST)).ifPresent(prover::learnCost);
                return known.get();
            }
        }
        var proofs = prove(tx, providers, prover);
        if (file != null) {
            write(file, bytes(proofs));
            var cost = prover.costOfProof();
            if (cost.isPresent()) {
                write(
                        file.resolveSibling(COST),
                        Long.toString(cost.get().toMillis()).getBytes(StandardCharsets.UTF_8));
            }
        }
        return proofs;
    }

    private Path file(Path place, MantleTx tx) throws IOException {
        Path directory = Files.createDirectories(place.resolve("genesis-proofs-" + circuits.fingerprint()));
        CacheDirectory.use(directory);
        return directory.resolve(tx.hash().toString());
    }

    private static List<ZkSignature> prove(MantleTx tx, List<Ed25519PrivateKey> providers, CircuitProver prover)
            throws IOException, InterruptedException {
        int threads = Math.min(providers.size(), Runtime.getRuntime().availableProcessors());
        ExecutorService workers = Executors.newFixedThreadPool(threads, Threads.factory("prove"));
        try {
            var calls = new ArrayList<Callable<ZkSignature>>();
            for (var provider : providers) {
                calls.add(() -> prover.proveDeclaration(tx, provider));
            }
            var proofs = new ArrayList<ZkSignature>();
            for (var done : workers.invokeAll(calls)) {
                proofs.add(done.get());
            }
            return proofs;
        } catch (ExecutionException e) {
            throw new IOException(
                    e.getCause() == null ? e.toString() : e.getCause().getMessage(), e);
        } finally {
            workers.shutdownNow();
        }
    }

    /** Reads the file if it is whole. */
    private static Optional<List<ZkSignature>> read(Path file, int count) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            int length = count * ZkSignature.LENGTH;
            if (bytes.length != length + CHECKSUM_LENGTH
                    || !Arrays.equals(checksum(bytes, length), Arrays.copyOfRange(bytes, length, bytes.length))) {
                return Optional.empty();
            }
            var proofs = new ArrayList<ZkSignature>();
            for (int i = 0; i < count; i++) {
                proofs.add(ZkSignature.of(
                        Arrays.copyOfRange(bytes, i * ZkSignature.LENGTH, (i + 1) * ZkSignature.LENGTH)));
            }
            return Optional.of(proofs);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> readCost(Path file) {
        try {
            return Optional.of(Duration.ofMillis(Math.max(1, Long.parseLong(Files.readString(file)))));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static byte[] bytes(List<ZkSignature> proofs) {
        int length = proofs.size() * ZkSignature.LENGTH;
        byte[] bytes = new byte[length + CHECKSUM_LENGTH];
        for (int i = 0; i < proofs.size(); i++) {
            System.arraycopy(proofs.get(i).toBytes(), 0, bytes, i * ZkSignature.LENGTH, ZkSignature.LENGTH);
        }
        System.arraycopy(checksum(bytes, length), 0, bytes, length, CHECKSUM_LENGTH);
        return bytes;
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Path draft = Files.createTempFile(file.getParent(), "draft", "");
            Files.write(draft, bytes);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LoggerFactory.getLogger(GenesisProofs.class).debug("Nothing is kept in {}", file, e);
        }
    }

    private static byte[] checksum(byte[] bytes, int length) {
        var digest = Fingerprint.sha256();
        digest.update(bytes, 0, length);
        return digest.digest();
    }
}
