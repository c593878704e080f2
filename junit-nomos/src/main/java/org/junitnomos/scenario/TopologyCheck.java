package org.junitnomos.scenario;

import static org.junitnomos.scenario.ScenarioCheck.quoted;
import static org.junitnomos.scenario.ScenarioCheck.text;

import java.math.BigDecimal;
import java.time.Duration;
import org.junitnomos.time.CountText;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.TopologySpec;

/** Finds everything that is wrong with a topology. */
final class TopologyCheck {
    /** What real nodes take in a genesis: two operations each, counted in one byte (node contract 2.2). */
    private static final int MOST_NODES = 127;

    /** Ten times as many as anybody asked for; each is a note that every node holds. */
    private static final int MOST_WALLETS = 100_000;

    private static final int LARGEST_SECURITY_PARAMETER = 1_000_000;
    private static final Duration SHORTEST_SLOT = Duration.ofMillis(1);
    private static final Duration LONGEST_SLOT = Duration.ofHours(1);
    private static final Duration LONGEST_DELAY = Duration.ofHours(1);
    private static final Duration LARGEST_SKEW = Duration.ofDays(1);
    private static final int CERTAIN_LOSS = 1000;

    private final TopologySpec topology;
    private final Problems problems;

    TopologyCheck(TopologySpec topology, Problems problems) {
        this.topology = topology;
        this.problems = problems;
    }

    void check() {
        boolean sound = checkNodes();
        checkConsensus();
        checkWallets(sound);
        checkLinks(topology.links());
        if (sound) {
            var given = problems.given(PlanTerm.VALIDATORS, PlanTerm.EXECUTORS);
            checkSkews(given);
            checkStake(given);
        }
    }

    private boolean checkNodes() {
        if (topology.validators() < 0) {
            problems.add(PlanTerm.VALIDATORS, topology.validators(), "0 or more", "Declare how many validators run");
        }
        if (topology.executors() < 0) {
            problems.add(PlanTerm.EXECUTORS, topology.executors(), "0 or more", "Declare how many executors run");
        }
        if (topology.validators() < 0 || topology.executors() < 0) {
            return false;
        }
        long nodes = (long) topology.validators() + topology.executors();
        if (nodes == 0) {
            problems.given(PlanTerm.VALIDATORS, PlanTerm.EXECUTORS)
                    .add(
                            PlanTerm.TOPOLOGY,
                            "validators = 0, executors = 0",
                            "at least 1 node",
                            "Declare a validator or an executor");
        } else if (nodes > MOST_NODES) {
            problems.add(
                    PlanTerm.TOPOLOGY,
                    "validators = " + topology.validators() + ", executors = " + topology.executors(),
                    "at most " + MOST_NODES
                            + " nodes, because each has 2 of the 255 operations of a genesis transaction",
                    "Declare fewer nodes");
        }
        return nodes > 0 && nodes <= MOST_NODES;
    }

    private void checkConsensus() {
        var consensus = topology.consensus();
        Duration slot = consensus.slotDuration();
        if (slot.compareTo(SHORTEST_SLOT) < 0 || slot.compareTo(LONGEST_SLOT) > 0) {
            problems.add(
                    PlanTerm.SLOT,
                    text(slot),
                    text(SHORTEST_SLOT) + " to " + text(LONGEST_SLOT),
                    "Change the slot; the default is 2 s");
        }
        BigDecimal f = consensus.activeSlotCoefficient();
        if (f.signum() <= 0 || f.compareTo(BigDecimal.ONE) >= 0) {
            problems.add(
                    PlanTerm.ACTIVE_SLOT_COEFFICIENT,
                    f.toPlainString(),
                    "a chance between 0 and 1, both excluded",
                    "Change it; the default is 0.9");
        }
        int k = consensus.securityParameter();
        if (k < 1 || k > LARGEST_SECURITY_PARAMETER) {
            problems.add(
                    PlanTerm.SECURITY_PARAMETER,
                    k,
                    "1 to " + LARGEST_SECURITY_PARAMETER + " blocks",
                    "Change it; the default is 10");
        }
    }

    private void checkWallets(boolean soundNodes) {
        int count = topology.wallets().count();
        long each = topology.wallets().valueEach();
        if (count < 0) {
            problems.add(PlanTerm.WALLETS, count, "0 or more wallets", "Declare how many wallets genesis funds");
        } else if (count > MOST_WALLETS) {
            problems.add(PlanTerm.WALLETS, count, "at most " + MOST_WALLETS + " wallets", "Declare fewer");
        }
        if (each < 1) {
            problems.add(PlanTerm.WALLET_VALUE, each, "at least 1 base unit", "Give every wallet something");
        } else if (soundNodes && count > 0 && topology.totalStake().bitLength() > Long.SIZE - 1) {
            problems.given(PlanTerm.WALLETS, PlanTerm.VALIDATORS, PlanTerm.EXECUTORS)
                    .add(
                            PlanTerm.WALLET_VALUE,
                            each,
                            "funds that add up to less than 2^63 base units, but " + count + " wallets and "
                                    + topology.size() + (topology.size() == 1 ? " node" : " nodes") + " add up to "
                                    + topology.totalStake(),
                            "Give each wallet less");
        }
    }

    private void checkStake(Problems given) {
        var stake = topology.stake();
        var names = topology.nodes().stream().map(NodeSpec::name).toList();
        if (stake.isEmpty()) {
            return;
        }
        if (stake.size() != names.size()) {
            given.add(
                    PlanTerm.STAKE,
                    stake,
                    "one share for each of the " + CountText.of(names.size(), "node") + " " + names,
                    "Write " + CountText.of(names.size(), "share") + " in this order, or remove them for equal stake");
            return;
        }
        for (var name : names) {
            int share = stake.get(names.indexOf(name));
            if (share < 0) {
                given.add(
                        PlanTerm.STAKE,
                        share + " for " + name,
                        "a share of 0 or more",
                        "Write 0 for a node that never leads");
            }
        }
        if (stake.stream().allMatch(share -> share == 0)) {
            given.add(PlanTerm.STAKE, stake, "a share above 0 for some node", "Nobody could ever lead: raise one");
        }
        for (var node : topology.nodes()) {
            if (stake.get(node.index()) > 0 && topology.leaderStake(node.index()) == 0) {
                given.add(
                        PlanTerm.STAKE,
                        stake.get(node.index()) + " for " + node.name(),
                        "0, or a share that is worth at least 1 of " + TopologySpec.LEADER_STAKE * names.size()
                                + " base units",
                        "Raise it, or lower the others");
            }
        }
    }

    private void checkLinks(LinkSpec links) {
        checkDelay(PlanTerm.LATENCY, links.latency());
        checkDelay(PlanTerm.JITTER, links.jitter());
        if (links.lossPerMille() < 0 || links.lossPerMille() >= CERTAIN_LOSS) {
            problems.add(
                    PlanTerm.LOSS_PER_MILLE,
                    links.lossPerMille(),
                    "0 to " + (CERTAIN_LOSS - 1) + " thousandths",
                    "Lower it; to cut a link use a partition");
        }
        if (links.bandwidth() < 0) {
            problems.add(
                    PlanTerm.BANDWIDTH,
                    links.bandwidth(),
                    "0 or more bytes per second",
                    "Use 0 for as many as there are");
        }
    }

    private void checkDelay(PlanTerm term, Duration delay) {
        if (delay.isNegative() || delay.compareTo(LONGEST_DELAY) > 0) {
            problems.add(term, text(delay), "0 s to " + text(LONGEST_DELAY), "Change the link");
        }
    }

    private void checkSkews(Problems given) {
        var names = topology.nodes().stream().map(NodeSpec::name).toList();
        topology.clockSkews().forEach((node, ahead) -> {
            if (!names.contains(node)) {
                given.add(PlanTerm.SKEWED_NODE, quoted(node), "one of " + names, "Name a node of the topology");
            }
            if (ahead.abs().compareTo(LARGEST_SKEW) > 0) {
                given.add(
                        PlanTerm.CLOCK_SKEW,
                        text(ahead) + " for " + node,
                        "at most 1 day ahead or behind",
                        "Use a smaller skew");
            }
        });
    }
}
