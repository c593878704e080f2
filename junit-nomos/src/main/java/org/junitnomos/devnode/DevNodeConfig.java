package org.junitnomos.devnode;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;
import org.junitnomos.devnode.da.DaSettings;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.ZkPublicKey;
import org.junitnomos.mantle.ZkSecretKey;
import org.junitnomos.topology.NodeRule;

/**
 * The configuration of a dev node.
 *
 * @param name its name, for example {@code "validator-0"}
 * @param executor whether it plays the role executor (decides routes, node contract 1.3)
 * @param peers names of its direct peers, in order
 * @param genesis the genesis transaction (node contract 2.8)
 * @param leaderKey secret key with which it plays notes
 * @param walletKeys keys its wallet knows: it leads with their notes, and tells their balances (node contract 3.3)
 * @param slotNanos slot duration, nanoseconds
 * @param activeSlotCoefficient f
 * @param securityParameter k, blocks
 * @param bootstrapNanos how long it stays in mode Bootstrapping after a start, nanoseconds
 * @param skewNanos how far its clock runs ahead, nanoseconds
 * @param link quality of every link at the start
 * @param seed seed of its chance (link delays)
 * @param blockExplorer whether the block-explorer routes exist
 * @param chainStartMillis when slot 0 began, milliseconds since 1970
 * @param dataAvailability settings of data availability
 * @param withoutRules rules that this node does not obey
 * @param playsAhead whether it computes the lottery of slots to come on processors that have nothing else to do, which
 *     changes nothing but time
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record DevNodeConfig(
        String name,
        boolean executor,
        List<String> peers,
        SignedMantleTx genesis,
        ZkSecretKey leaderKey,
        List<ZkPublicKey> walletKeys,
        long slotNanos,
        BigDecimal activeSlotCoefficient,
        int securityParameter,
        long bootstrapNanos,
        long skewNanos,
        LinkQuality link,
        long seed,
        boolean blockExplorer,
        long chainStartMillis,
        DaSettings dataAvailability,
        Set<NodeRule> withoutRules,
        boolean playsAhead) {
    public DevNodeConfig {
        peers = List.copyOf(peers);
        walletKeys = List.copyOf(walletKeys);
        var rules = EnumSet.noneOf(NodeRule.class);
        rules.addAll(withoutRules);
        withoutRules = Collections.unmodifiableSet(rules);
        if (slotNanos <= 0) {
            throw new IllegalArgumentException(
                    "The slots of node '" + name + "' last " + slotNanos + " ns, expected more than 0 ns.");
        }
        if (peers.contains(name) || peers.stream().distinct().count() != peers.size()) {
            throw new IllegalArgumentException(
                    "The peers of node '" + name + "' are " + peers + ", expected other nodes, each once.");
        }
    }

    /**
     * Quality of a link, one way.
     *
     * @param latencyNanos delay of every message
     * @param jitterNanos largest extra delay
     * @param lossPerMille chance in thousandths of a retransmission
     * @param bandwidth bytes that it carries in a second, one message after the other; 0 for as many as there are
     */
    public record LinkQuality(long latencyNanos, long jitterNanos, int lossPerMille, long bandwidth) {
        public LinkQuality {
            if (bandwidth < 0) {
                throw new IllegalArgumentException(
                        "A link carries " + bandwidth + " bytes per second, expected 0 or more.");
            }
            if (latencyNanos < 0 || jitterNanos < 0 || lossPerMille < 0 || lossPerMille > 1000) {
                throw new IllegalArgumentException("A link has a latency of " + latencyNanos + " ns, a jitter of "
                        + jitterNanos + " ns and a loss of " + lossPerMille
                        + " per mille, expected 0 ns or more, 0 ns or more and 0 to 1000 per mille.");
            }
        }

        /**
         * Describes a link that carries as much as there is.
         *
         * @param latencyNanos delay of every message
         * @param jitterNanos largest extra delay
         * @param lossPerMille chance in thousandths of a retransmission
         */
        public LinkQuality(long latencyNanos, long jitterNanos, int lossPerMille) {
            this(latencyNanos, jitterNanos, lossPerMille, 0);
        }
    }
}
