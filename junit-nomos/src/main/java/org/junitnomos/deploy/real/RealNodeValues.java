package org.junitnomos.deploy.real;

import static org.junitnomos.deploy.real.TaggedYaml.map;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.real.TaggedYaml.Tagged;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.ZkPublicKey;
import org.junitnomos.mantle.ZkSecretKey;
import org.junitnomos.settings.LogLevel;
import org.junitnomos.topology.ConsensusParameters;

/**
 * What the configuration of one real node says.
 *
 * @param executor whether it is an executor
 * @param identity its key at all three networks, and as a provider
 * @param leader secret key of its leader note
 * @param knownKeys what its wallet knows, its leader included
 * @param genesis the genesis transaction with all proofs
 * @param nodes number of nodes of the cluster
 * @param consensus parameters of Cryptarchia
 * @param chainStart when slot 0 begins
 * @param ports where it listens
 * @param initialPeers addresses that it dials at its start
 * @param parameters file with the parameters of KZG
 * @param level how much it logs
 * @param name its name, by which its metrics are known
 * @param metricsEndpoint where it pushes its metrics; null for nowhere
 */
record RealNodeValues(
        boolean executor,
        Ed25519PrivateKey identity,
        ZkSecretKey leader,
        List<ZkPublicKey> knownKeys,
        SignedMantleTx genesis,
        int nodes,
        ConsensusParameters consensus,
        Instant chainStart,
        Ports ports,
        List<String> initialPeers,
        Path parameters,
        LogLevel level,
        String name,
        @Nullable URI metricsEndpoint) {
    RealNodeValues {
        knownKeys = List.copyOf(knownKeys);
        initialPeers = List.copyOf(initialPeers);
    }

    /** How its metrics leave it, as its configuration says that. */
    Object metrics() {
        return metricsEndpoint == null
                ? "None"
                : new Tagged("Otlp", map("endpoint", metricsEndpoint.toString(), "host_identifier", name));
    }

    /**
     * The ports of a node (node contract 5.3), the first two of TCP, the others of UDP.
     *
     * @param host address at which others reach it
     * @param listen address at which it listens
     * @param published port at which others reach its gossip
     */
    record Ports(
            String host, String listen, int api, int testing, int gossip, int published, int availability, int blend) {}
}
