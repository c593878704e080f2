package org.junitnomos.devnode;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junitnomos.devnode.chain.Chain;
import org.junitnomos.devnode.chain.ChainBlock;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.HeaderId;

/** Answers peers that miss blocks; only in mode Online (node contract 3.4). */
final class BlockServer {
    private static final int MAX_BLOCKS = 128;
    private static final int MAX_TRANSACTIONS = 4_096;
    private static final int MAX_KNOWN = 128;

    private final LinkQualities links;
    private final Chain chain;

    BlockServer(LinkQualities links, Chain chain) {
        this.links = links;
        this.chain = chain;
    }

    void receive(Link link, PeerMessage.BlockRequest request, long now) {
        ChainBlock target = chain.isOnline() ? chain.find(request.block()) : null;
        List<Block> blocks = target == null ? List.of() : blocksTo(target, request.known());
        links.send(link, new PeerMessage.BlockResponse(request.block(), blocks), now);
    }

    private List<Block> blocksTo(ChainBlock target, List<HeaderId> known) {
        List<ChainBlock> branch = new ArrayList<>();
        ChainBlock fork = target;
        while (!chain.isFinal(fork) && fork.parent() != null) {
            branch.add(fork);
            fork = fork.parent();
        }
        Collections.reverse(branch);
        int start = startHeight(branch, fork, known);
        List<Block> blocks = new ArrayList<>();
        int transactions = 0;
        for (int height = start + 1; height <= target.height() && blocks.size() < MAX_BLOCKS; height++) {
            ChainBlock next =
                    height <= fork.height() ? chain.finals().get(height) : branch.get(height - fork.height() - 1);
            Block block = next.block();
            if (block == null || transactions > MAX_TRANSACTIONS) {
                break;
            }
            blocks.add(block);
            transactions += block.transactions().size();
        }
        return blocks;
    }

    /** Finds the newest known block on the way to the target: on the branch, or final and not after the fork. */
    private int startHeight(List<ChainBlock> branch, ChainBlock fork, List<HeaderId> known) {
        for (HeaderId id : known.subList(0, Math.min(known.size(), MAX_KNOWN))) {
            ChainBlock block = chain.find(id);
            if (block != null) {
                int index = block.height() - fork.height() - 1;
                boolean onBranch = index >= 0 && index < branch.size() && branch.get(index) == block;
                if (onBranch || (index < 0 && chain.isFinal(block))) {
                    return block.height();
                }
            }
        }
        return 0;
    }
}
