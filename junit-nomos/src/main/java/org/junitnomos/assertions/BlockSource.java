package org.junitnomos.assertions;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.scenario.RunContext;

/** Walks down the chain of a node: by the block feed of its run, else by what the node itself gives. */
final class BlockSource {
    private final NodeHandle node;
    private final Optional<RunContext> run;

    BlockSource(NodeHandle node, Optional<RunContext> run) {
        this.node = node;
        this.run = run;
    }

    /** Finds a block; empty if it is genesis, or nobody has it. */
    Optional<Block> find(HeaderId id) {
        return run.flatMap(context -> context.feed().find(id).map(record -> record.block()))
                .or(() -> node.client().block(id));
    }

    /** The height of a block that the node told to be on its chain; as the node tells it where no feed knows better. */
    long height(HeaderId id, long told) {
        long above = 0;
        for (var at = id; run.isPresent(); above++) {
            var known = run.get().feed().find(at);
            if (known.isPresent()) {
                return known.get().height() + above;
            }
            if (at.equals(run.get().cluster().genesis().id())) {
                return above;
            }
            var block = node.client().block(at);
            if (block.isEmpty()) {
                return told;
            }
            at = block.get().header().parent();
        }
        return told;
    }

    /** How many blocks two tips have above the block that both chains have. */
    Distance distance(HeaderId tip, BlockSource others, HeaderId other) {
        long own = 0;
        long theirs = 0;
        var a = tip;
        var b = other;
        while (!a.equals(b)) {
            var left = find(a);
            var right = others.find(b);
            long leftSlot = left.map(block -> block.header().slot()).orElse(-1L);
            long rightSlot = right.map(block -> block.header().slot()).orElse(-1L);
            if (leftSlot < 0 && rightSlot < 0) {
                return new Distance(
                        own, theirs); // nobody has either: as far as one can see, they have nothing in common
            }
            if (leftSlot >= rightSlot) {
                a = left.orElseThrow().header().parent();
                own++;
            }
            if (rightSlot >= leftSlot) {
                b = right.orElseThrow().header().parent();
                theirs++;
            }
        }
        return new Distance(own, theirs);
    }

    /**
     * How two chains lie to each other.
     *
     * @param own blocks of the first alone
     * @param theirs blocks of the second alone
     */
    record Distance(long own, long theirs) {}

    /** Whether a transaction is on the chain that ends with a tip. */
    boolean includes(HeaderId tip, TxHash transaction) {
        return chain(tip).stream()
                .flatMap(block -> block.transactions().stream())
                .anyMatch(each -> each.hash().equals(transaction));
    }

    /** The blocks of the chain that ends with a tip, newest first, without genesis. */
    List<Block> chain(HeaderId tip) {
        var chain = new ArrayList<Block>();
        for (var block = find(tip);
                block.isPresent();
                block = find(block.get().header().parent())) {
            chain.add(block.get());
        }
        return chain;
    }
}
