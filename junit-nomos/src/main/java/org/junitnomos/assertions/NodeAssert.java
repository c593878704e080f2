package org.junitnomos.assertions;

import java.util.Objects;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.CryptarchiaInfo;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.expectation.Reorgs;
import org.junitnomos.journal.NodeTimeline;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.time.CountText;
import org.junitnomos.time.DurationText;
import org.junitnomos.topology.NodeState;

/** Asserts how a node is now: each method asks it anew, and fails if it does not answer. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public class NodeAssert extends AbstractNomosAssert<NodeAssert, NodeHandle> {
    /**
     * Creates an assertion; {@link NomosAssertions} does.
     *
     * @param actual the node
     */
    public NodeAssert(@Nullable NodeHandle actual) {
        super(actual, NodeAssert.class);
    }

    @Override
    Optional<RunContext> run() {
        return actual.owner(RunContext.class);
    }

    private BlockSource blocks() {
        return new BlockSource(actual, run());
    }

    private CryptarchiaInfo info(String expected) {
        return answer(actual.name(), expected, () -> actual.client().cryptarchiaInfo());
    }

    /**
     * Asserts that its chain has at least a height.
     *
     * @param height blocks from genesis, 0 or more
     * @return this
     * @throws AssertionError if it is lower, or does not answer
     */
    public NodeAssert hasHeightAtLeast(long height) {
        isNotNull();
        requireNotNegative("height", height);
        String expected = "a height of at least " + CountText.of(height, "block");
        var info = info(expected);
        long observed = answer(actual.name(), expected, () -> blocks().height(info.tip(), info.height()));
        if (observed < height) {
            throw unmet(
                    actual.name(),
                    expected,
                    CountText.of(observed, "block") + ", at slot " + info.slot() + " in mode " + info.mode());
        }
        return this;
    }

    /**
     * Asserts that its last irreversible block has at least a height.
     *
     * @param height blocks from genesis, 0 or more
     * @return this
     * @throws AssertionError if it is lower, or the node does not answer
     * @throws IllegalStateException if the node is part of no run, whose block feed knows heights
     */
    public NodeAssert hasFinalizedAtLeast(long height) {
        isNotNull();
        requireNotNegative("height", height);
        requireRun(actual.name());
        String expected = "an irreversible height of at least " + CountText.of(height, "block");
        var info = info(expected);
        long observed = answer(actual.name(), expected, () -> blocks().height(info.lib(), -1));
        if (observed < height) {
            throw unmet(
                    actual.name(),
                    expected,
                    (observed < 0
                                    ? "block " + info.lib().toHex() + ", which nobody has"
                                    : CountText.of(observed, "block"))
                            + ", with a chain of " + CountText.of(blocks().height(info.tip(), info.height()), "block"));
        }
        return this;
    }

    /**
     * Asserts on which block it stands.
     *
     * @param tip id of the block
     * @return this
     * @throws AssertionError if its best block is another one
     */
    public NodeAssert hasTip(HeaderId tip) {
        isNotNull();
        Objects.requireNonNull(tip, "tip");
        String expected = "tip " + tip.toHex();
        var info = info(expected);
        if (!info.tip().equals(tip)) {
            throw unmet(actual.name(), expected, "tip " + info.tip().toHex() + " at height " + info.height());
        }
        return this;
    }

    /**
     * Asserts that a transaction is in a block of its chain.
     *
     * @param transaction id of the transaction
     * @return this
     * @throws AssertionError if it is in none
     */
    public NodeAssert includes(TxHash transaction) {
        isNotNull();
        Objects.requireNonNull(transaction, "transaction");
        String expected = "transaction " + transaction.toHex() + " on its chain";
        var info = info(expected);
        if (!answer(actual.name(), expected, () -> blocks().includes(info.tip(), transaction))) {
            throw unmet(actual.name(), expected, "in none of its blocks up to height " + info.height());
        }
        return this;
    }

    /**
     * Asserts that it is connected with enough peers.
     *
     * @param peers number of peers, 0 or more
     * @return this
     * @throws AssertionError if it has fewer
     */
    public NodeAssert hasPeersAtLeast(int peers) {
        isNotNull();
        requireNotNegative("peers", peers);
        String expected = "at least " + CountText.of(peers, "connected peer");
        int observed = answer(actual.name(), expected, () -> actual.client().networkInfo())
                .peers();
        if (observed < peers) {
            throw unmet(actual.name(), expected, CountText.of(observed, "connected peer"));
        }
        return this;
    }

    /**
     * Asserts that it is ready: it runs, is not paused, answers, and its run knows nothing to the contrary.
     *
     * @return this
     * @throws AssertionError if it is not
     */
    public NodeAssert isReady() {
        isNotNull();
        if (!actual.isRunning() || actual.isPaused()) {
            throw unmet(actual.name(), "ready", state());
        }
        info("ready");
        var state = history().flatMap(NodeTimeline.History::state);
        if (state.isPresent() && state.get().state() != NodeState.READY) {
            throw unmet(actual.name(), "ready", state());
        }
        return this;
    }

    /**
     * Asserts that it does not run: it was stopped, or ended by itself.
     *
     * @return this
     * @throws AssertionError if it runs
     */
    public NodeAssert isStopped() {
        isNotNull();
        if (actual.isRunning()) {
            throw unmet(actual.name(), "stopped", state());
        }
        return this;
    }

    /**
     * Asserts that it is paused.
     *
     * @return this
     * @throws AssertionError if it is not
     */
    public NodeAssert isPaused() {
        isNotNull();
        if (!actual.isPaused()) {
            throw unmet(actual.name(), "paused", state());
        }
        return this;
    }

    /**
     * Asserts that it never took back more blocks at once than some, in the whole run so far; that it begins at genesis
     * when it is started anew is no reorg.
     *
     * @param blocks depth of the deepest reorg, 0 or more
     * @return this
     * @throws AssertionError if it did
     * @throws IllegalStateException if the node is part of no run
     */
    public NodeAssert hasReorgsOfAtMost(int blocks) {
        isNotNull();
        requireNotNegative("blocks", blocks);
        var events = requireRun(actual.name()).journal().events();
        requireNone(
                actual.name(),
                "reorgs of at most " + CountText.of(blocks, "block"),
                Reorgs.deeperThan(blocks, events).stream()
                        .filter(tip -> tip.node().equals(actual.name()))
                        .map(Reorgs::describe)
                        .toList());
        return this;
    }

    private Optional<NodeTimeline.History> history() {
        return run().flatMap(run -> NodeTimeline.of(run.journal().events()).find(actual.name()));
    }

    /** What the node is, with the reason that its run knows. */
    private String state() {
        String now = actual.isPaused() ? "paused" : actual.isRunning() ? "running" : "not running";
        var last = history().flatMap(NodeTimeline.History::state).orElse(null);
        return last == null
                ? now
                : now + ", " + last.state() + " since " + DurationText.ofNanos(last.at()) + ": " + last.reason();
    }
}
