package org.junitnomos.devnode.program;

import java.util.ArrayList;
import java.util.List;
import org.junitnomos.devnode.TestGenesis;
import org.junitnomos.devnode.chain.BlockSigner;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.SignedMantleTx;

/** Makes a chain of blocks; every second one has a transaction. */
final class TestBlocks {
    static final TestGenesis GENESIS = new TestGenesis(1, 4);
    static final HeaderId ROOT = HeaderId.of(new byte[32]);

    private TestBlocks() {}

    static SignedMantleTx transaction(int wallet) {
        return GENESIS.renew(wallet, GENESIS.walletNote(wallet));
    }

    static List<Block> chain(int length) {
        List<Block> blocks = new ArrayList<>();
        HeaderId parent = ROOT;
        for (int i = 0; i < length; i++) {
            Block block = BlockSigner.sign(parent, i + 1L, i % 2 == 0 ? List.of() : List.of(transaction(i % 4)));
            blocks.add(block);
            parent = block.id();
        }
        return blocks;
    }
}
