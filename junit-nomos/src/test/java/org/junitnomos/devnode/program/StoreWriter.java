package org.junitnomos.devnode.program;

import java.nio.file.Path;
import java.util.List;
import org.junitnomos.devnode.chain.BlockSigner;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.HeaderId;

/** Appends blocks to a store and tells of each, until it is killed; a program for {@link FileNodeStoreTests}. */
final class StoreWriter {
    private StoreWriter() {}

    public static void main(String[] arguments) throws Exception {
        try (FileNodeStore store = FileNodeStore.open(Path.of(arguments[0]), TestBlocks.ROOT, false)) {
            HeaderId parent = TestBlocks.ROOT;
            for (int slot = 1; slot < 1_000_000; slot++) {
                Block block = BlockSigner.sign(parent, slot, List.of());
                store.append(block);
                parent = block.id();
                System.out.println(parent);
            }
        }
    }
}
