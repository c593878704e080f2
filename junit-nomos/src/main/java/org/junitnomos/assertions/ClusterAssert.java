package org.junitnomos.assertions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.CryptarchiaInfo;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.deploy.NodeSelector;
import org.junitnomos.expectation.HeightConvergence;
import org.junitnomos.expectation.Reorgs;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.time.CountText;

/**
 * Asserts how the nodes of a cluster are now: each method asks them anew. Nodes that are stopped or paused are left
 * out; one that runs and does not answer is a failure.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public class ClusterAssert extends AbstractNomosAssert<ClusterAssert, Cluster> {
    private static final String NAME = "cluster";

    /**
     * Creates an assertion; {@link NomosAssertions} does.
     *
     * @param actual the cluster
     */
    public ClusterAssert(@Nullable Cluster actual) {
        super(actual, ClusterAssert.class);
    }

    @Override
    Optional<RunContext> run() {
        return actual.owner(RunContext.class);
    }

    /** Where a node stands. */
    private record Standing(NodeHandle node, CryptarchiaInfo info) {}

    private List<NodeHandle> running() {
        return NodeSelector.running().choose(actual.nodes());
    }

    /** Asks nodes for their blocks, too. */
    private ClusterAssert asking(String expected, Consumer<List<String>> questions) {
        requireNone(NAME, expected, answer(NAME, expected, () -> {
            var problems = new ArrayList<String>();
            questions.accept(problems);
            return problems;
        }));
        return this;
    }

    /** Asks every running node; the problems get those that did not answer. */
    private List<Standing> standings(String expected, List<String> problems) {
        var running = running();
        if (running.isEmpty()) {
            throw unmet(NAME, expected, "without a running node");
        }
        var standings = new ArrayList<Standing>();
        for (var node : running) {
            try {
                standings.add(new Standing(node, node.client().cryptarchiaInfo()));
            } catch (NodeApiException e) {
                problems.add(node.name() + " did not answer: " + e.reason());
            }
        }
        return standings;
    }

    /**
     * Asserts that all running nodes are on one chain, each within 2 blocks of its tip, as the expectation of height
     * convergence has it: so many may be on their way.
     *
     * @return this
     * @throws AssertionError if one is not, or does not answer
     */
    public ClusterAssert hasConverged() {
        return hasConvergedWithin(HeightConvergence.DEFAULT_MAX_SPREAD);
    }

    /**
     * Asserts that all running nodes are on one chain, each within a number of blocks of its tip.
     *
     * @param blocks most blocks that a node lacks of the chain, or has beside it; 0 or more
     * @return this
     * @throws AssertionError if one is further away, or does not answer
     */
    public ClusterAssert hasConvergedWithin(int blocks) {
        isNotNull();
        requireNotNegative("blocks", blocks);
        String expected = "every running node within " + CountText.of(blocks, "block") + " of one chain";
        return asking(expected, problems -> {
            var standings = standings(expected, problems);
            var reference = reference(standings, blocks);
            for (var each : standings) {
                reference
                        .flatMap(best -> apart(each, best, blocks))
                        .map(text -> where(each) + ": " + text)
                        .ifPresent(problems::add);
            }
        });
    }

    private Optional<String> apart(Standing one, Standing best, int blocks) {
        var distance = distance(one, best);
        if (distance.own() > blocks) {
            return Optional.of(CountText.of(distance.own(), "block") + " on another branch than " + where(best));
        }
        return distance.theirs() > blocks
                ? Optional.of(CountText.of(distance.theirs(), "block") + " behind " + where(best))
                : Optional.empty();
    }

    private String where(Standing standing) {
        return standing.node().name() + " at height " + height(standing) + ", tip "
                + standing.info().tip().toHex();
    }

    private long height(Standing standing) {
        return blocks(standing).height(standing.info().tip(), standing.info().height());
    }

    private BlockSource blocks(Standing standing) {
        return new BlockSource(standing.node(), run());
    }

    private BlockSource.Distance distance(Standing one, Standing other) {
        return blocks(one)
                .distance(one.info().tip(), blocks(other), other.info().tip());
    }

    /** The highest tip of the chain that most nodes are on, as the expectation of convergence has it. */
    private Optional<Standing> reference(List<Standing> standings, int blocks) {
        Standing best = null;
        long most = 0;
        for (var each : standings) {
            long followers = standings.stream()
                    .filter(other -> distance(other, each).own() <= blocks)
                    .count();
            if (best == null || followers > most || (followers == most && height(each) > height(best))) {
                best = each;
                most = followers;
            }
        }
        return Optional.ofNullable(best);
    }

    /**
     * Asserts that all running nodes stand on the same block. Between blocks that a moving chain makes this holds only
     * now and then; see {@link #hasConverged()}.
     *
     * @return this
     * @throws AssertionError if two stand on different ones, or one does not answer
     */
    public ClusterAssert agreesOnTip() {
        isNotNull();
        String expected = "every running node on the same tip";
        return asking(expected, problems -> {
            var byTip = new LinkedHashMap<String, List<String>>();
            for (var each : standings(expected, problems)) {
                byTip.computeIfAbsent(each.info().tip().toHex(), tip -> new ArrayList<>())
                        .add(each.node().name());
            }
            if (byTip.size() > 1) {
                byTip.forEach((tip, nodes) -> problems.add("tip " + tip + ": " + String.join(", ", nodes)));
            }
        });
    }

    /**
     * Asserts that the chain of every running node has at least a height.
     *
     * @param height blocks from genesis, 0 or more
     * @return this
     * @throws AssertionError if one is lower, or does not answer
     */
    public ClusterAssert hasHeightAtLeast(long height) {
        isNotNull();
        requireNotNegative("height", height);
        String expected = "every running node at a height of at least " + CountText.of(height, "block");
        return asking(
                expected,
                problems -> standings(expected, problems).stream()
                        .filter(each -> height(each) < height)
                        .map(this::where)
                        .forEach(problems::add));
    }

    /**
     * Asserts that the last irreversible block of every running node has at least a height.
     *
     * @param height blocks from genesis, 0 or more
     * @return this
     * @throws AssertionError if one is lower, or does not answer
     * @throws IllegalStateException if the cluster is part of no run, whose block feed knows heights
     */
    public ClusterAssert hasFinalizedAtLeast(long height) {
        isNotNull();
        requireNotNegative("height", height);
        requireRun(NAME);
        String expected = "every running node with an irreversible height of at least " + CountText.of(height, "block");
        return asking(expected, problems -> {
            for (var each : standings(expected, problems)) {
                long lib = blocks(each).height(each.info().lib(), -1);
                if (lib < height) {
                    problems.add(each.node().name() + " finalized "
                            + (lib < 0 ? "block " + each.info().lib().toHex() + ", which nobody has" : "height " + lib)
                            + ", with a chain of " + CountText.of(height(each), "block"));
                }
            }
        });
    }

    /**
     * Asserts that every running node has a transaction in a block of its chain.
     *
     * @param transaction id of the transaction
     * @return this
     * @throws AssertionError if one has not, or does not answer
     */
    public ClusterAssert includes(TxHash transaction) {
        isNotNull();
        Objects.requireNonNull(transaction, "transaction");
        String expected = "transaction " + transaction.toHex() + " on the chain of every running node";
        return asking(
                expected,
                problems -> standings(expected, problems).stream()
                        .filter(each -> !blocks(each).includes(each.info().tip(), transaction))
                        .map(each -> where(each) + ": not in it")
                        .forEach(problems::add));
    }

    /**
     * Asserts that every node runs, is not paused, and answers.
     *
     * @return this
     * @throws AssertionError if one is not ready
     */
    public ClusterAssert isReady() {
        isNotNull();
        String expected = "every node ready";
        return asking(expected, problems -> {
            for (var node : actual.nodes()) {
                if (!node.isRunning() || node.isPaused()) {
                    problems.add(node.name() + " is " + (node.isPaused() ? "paused" : "not running"));
                }
            }
            standings(expected, problems);
        });
    }

    /**
     * Asserts which nodes run and are not paused.
     *
     * @param names names of all of them, in any order
     * @return this
     * @throws AssertionError if others do
     */
    public ClusterAssert hasRunningNodes(String... names) {
        isNotNull();
        var expected = List.of(names).stream().sorted().toList();
        var observed = running().stream().map(NodeHandle::name).sorted().toList();
        if (!observed.equals(expected)) {
            throw unmet(NAME, "running nodes " + expected, "running nodes " + observed);
        }
        return this;
    }

    /**
     * Asserts that no node ever took back more blocks at once than some, in the whole run so far. One that is started
     * anew and begins at genesis took nothing back.
     *
     * @param blocks depth of the deepest reorg, 0 or more
     * @return this
     * @throws AssertionError if one did
     * @throws IllegalStateException if the cluster is part of no run
     */
    public ClusterAssert hasReorgsOfAtMost(int blocks) {
        isNotNull();
        requireNotNegative("blocks", blocks);
        var events = requireRun(NAME).journal().events();
        requireNone(
                NAME,
                "reorgs of at most " + CountText.of(blocks, "block"),
                Reorgs.deeperThan(blocks, events).stream().map(Reorgs::describe).toList());
        return this;
    }
}
