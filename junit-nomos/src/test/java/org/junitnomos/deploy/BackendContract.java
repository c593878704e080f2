package org.junitnomos.deploy;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.client.TestingClient.PeerLink;
import org.junitnomos.client.TestingClient.Proposal;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.settings.LogLevel;
import org.junitnomos.time.Allowance;
import org.junitnomos.time.PollLoop;
import org.junitnomos.time.Timeline;
import org.junitnomos.topology.ConsensusParameters;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.TopologySpec;
import org.junitnomos.topology.WalletSpec;

/**
 * What the suites of the backend contract share: clusters of fast dev nodes, and looking at them. Their tests mostly
 * wait, each for a cluster of its own, so several run at the same time.
 */
@Execution(ExecutionMode.CONCURRENT)
public abstract class BackendContract {
    protected static final Duration SLOT = Duration.ofMillis(100);
    protected static final LinkSpec FAST = new LinkSpec(Duration.ofMillis(2), Duration.ofMillis(1), 0);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** That of one request. */
    private static final Duration ANSWER = Duration.ofSeconds(10);

    /** More blocks than a test takes on a slow machine: nodes forget forks and headers this deep. */
    static final int SECURITY_PARAMETER = 500;

    final Backend backend;

    private final Map<HeaderId, Block> read = new ConcurrentHashMap<>();

    @TempDir
    Path directory;

    final List<String> states = Collections.synchronizedList(new ArrayList<>());
    Timeline timeline;
    LogLevel level = LogLevel.INFO;

    protected BackendContract(Backend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void begin() {
        timeline = backend.createTimeline();
    }

    @AfterEach
    void end() {
        timeline.close();
    }

    interface Body {
        void run(Deployment cluster) throws Exception;
    }

    static TopologySpec topology(int validators, int executors, NetworkLayout layout) {
        return topology(validators, executors, layout, new WalletSpec(2, 100), List.of());
    }

    static TopologySpec topology(
            int validators, int executors, NetworkLayout layout, WalletSpec wallets, List<Integer> stake) {
        return new TopologySpec(
                validators,
                executors,
                layout,
                new ConsensusParameters(SLOT, new BigDecimal("0.9"), SECURITY_PARAMETER),
                wallets,
                FAST,
                Map.of(),
                stake,
                "",
                false);
    }

    DeployRequest request(TopologySpec topology, Duration readinessTimeout) {
        return new DeployRequestValues(
                backend.adapted(topology),
                4711,
                timeline,
                directory,
                readinessTimeout,
                level,
                (node, state, intended, reason) -> states.add(node + " " + state + (intended ? "" : " unintended")));
    }

    /** Skip a test about something that the backend cannot do. */
    void requires(Capability capability) {
        assumeTrue(
                backend.deployer().capabilities().contains(capability),
                () -> "the backend cannot do: " + capability.label());
    }

    /** Skip a test about something that real nodes do not tell. */
    void requiresDevNodes(String what) {
        assumeTrue(backend.runsDevNodes(), () -> "only dev nodes tell " + what);
    }

    void deployed(TopologySpec topology, Body body) throws Exception {
        timeline.call(() -> {
            try (var cluster = backend.deployer().deploy(request(topology, Duration.ofSeconds(60)))) {
                body.run(cluster);
            }
            return null;
        });
    }

    /** Deploy validators that are all linked with each other. */
    void deployed(int validators, Body body) throws Exception {
        deployed(topology(validators, 0, NetworkLayout.FULL), body);
    }

    void await(String what, Callable<Boolean> condition) throws Exception {
        new PollLoop(timeline, what, SLOT, PATIENCE).untilTrue(condition);
    }

    void awaitHeight(Cluster cluster, long height, String... nodes) throws Exception {
        for (var node : nodes) {
            await(node + " is at height " + height, () -> height(cluster, node) >= height);
        }
    }

    /** Wait until a node is where another was, and on its chain; blocks that lost a fork do not count. */
    void awaitCaughtUp(Cluster cluster, String node, String other) throws Exception {
        long height = height(cluster, other);
        await(
                node + " is on the chain of " + other + " above height " + height,
                // on a busy machine it may be a block or two behind, whenever it is asked
                () -> {
                    var tip = tip(cluster, node);
                    return height(cluster, node) >= height
                            && chain(cluster, other).contains(tip);
                });
    }

    /** The states a node walked through, without its name. */
    List<String> statesOf(String node) {
        synchronized (states) {
            return states.stream()
                    .filter(state -> state.startsWith(node + " "))
                    .map(state -> state.substring(node.length() + 1))
                    .toList();
        }
    }

    /** Ask a node, and ask again if the machine is too busy for an answer in time. */
    static <T> T answer(Supplier<T> question) {
        var allowance = Allowance.ofRealTime(ANSWER);
        long start = System.nanoTime();
        while (true) {
            try {
                return question.get();
            } catch (NodeApiException e) {
                if (e.kind() != NodeApiException.Kind.TIMEOUT || isOver(allowance, start)) {
                    throw e;
                }
            }
        }
    }

    private static boolean isOver(Allowance allowance, long start) {
        try {
            return allowance.isOver(System.nanoTime() - start);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    static long height(Cluster cluster, String node) {
        return answer(() -> cluster.node(node).client().cryptarchiaInfo().height());
    }

    static HeaderId tip(Cluster cluster, String node) {
        return answer(() -> cluster.node(node).client().cryptarchiaInfo().tip());
    }

    static boolean knows(Cluster cluster, String node, HeaderId block) {
        return answer(() -> cluster.node(node).client().block(block).isPresent());
    }

    /** Return the blocks of a node's chain, without genesis. */
    static Set<HeaderId> chain(Cluster cluster, String node) {
        var ids = new LinkedHashSet<>(answer(() -> cluster.node(node).client().headers(null, null)));
        ids.remove(cluster.genesis().id());
        return ids;
    }

    /** Read the chain of a node, each block once: a slow machine would never get to its end again and again. */
    Stream<Block> blocks(Cluster cluster, String node) {
        var client = cluster.node(node).client();
        return chain(cluster, node).stream()
                .map(id -> read.computeIfAbsent(
                        id, unread -> answer(() -> client.block(unread)).orElseThrow()));
    }

    /** Find the block of a node's chain that has a transaction. */
    Optional<HeaderId> blockOf(Cluster cluster, String node, SignedMantleTx transaction) {
        return blocks(cluster, node)
                .filter(block -> block.transactions().stream()
                        .anyMatch(each -> each.hash().equals(transaction.hash())))
                .map(Block::id)
                .findFirst();
    }

    HeaderId awaitMined(Cluster cluster, String node, SignedMantleTx transaction) throws Exception {
        await(
                node + " has " + transaction.hash() + " in a block",
                () -> blockOf(cluster, node, transaction).isPresent());
        return blockOf(cluster, node, transaction).orElseThrow();
    }

    /** Read what a node has logged. */
    static String log(Cluster cluster, String node) throws IOException {
        return Files.readString(cluster.node(node).log().orElseThrow());
    }

    static List<String> names(Cluster cluster) {
        return cluster.nodes().stream().map(NodeHandle::name).toList();
    }

    static List<Proposal> proposals(Cluster cluster, String node) {
        return answer(() -> cluster.node(node).client().devControl().proposals());
    }

    static List<PeerLink> links(Cluster cluster, String node) {
        return answer(() -> cluster.node(node).client().devControl().links());
    }

    /** Name the peers behind the links of a node that are up, as its testing port reports them. */
    static List<String> peersUp(Cluster cluster, String node) {
        return links(cluster, node).stream()
                .filter(PeerLink::up)
                .map(PeerLink::peer)
                .toList();
    }
}
