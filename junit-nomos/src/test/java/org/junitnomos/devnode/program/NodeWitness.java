package org.junitnomos.devnode.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junitnomos.devnode.chain.BlockSigner;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.MantleJson;
import org.junitnomos.mantle.SignedMantleTx;

/** Remembers every block that a node served, byte for byte, and checks that it serves them still. */
final class NodeWitness {
    private static final int SAMPLE = 10;

    private final HeaderId genesis;
    private final Map<HeaderId, byte[]> served = new LinkedHashMap<>();
    private final Map<HeaderId, Block> blocks = new LinkedHashMap<>();
    private final Queue<String> problems = new ConcurrentLinkedQueue<>();
    private int checked;

    NodeWitness(HeaderId genesis) {
        this.genesis = genesis;
    }

    synchronized int blocks() {
        return served.size();
    }

    synchronized int transactions() {
        return transactionsInOrder().size();
    }

    synchronized List<SignedMantleTx> transactionsInOrder() {
        List<SignedMantleTx> all = new ArrayList<>();
        blocks.values().forEach(block -> all.addAll(block.transactions()));
        return all;
    }

    /** What was wrong with blocks that were seen while the node ran. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    /** Fetch new blocks as fast as they come, until the node is gone. */
    void watch(ChildNode node) {
        try {
            while (!Thread.currentThread().isInterrupted() && fetchNew(node)) {
                Thread.onSpinWait();
            }
        } catch (RuntimeException | AssertionError wrong) {
            problems.add(wrong.toString());
        }
    }

    /** Walk from the tip to what is known; false if the node is gone. */
    private boolean fetchNew(ChildNode node) {
        byte[] info = node.ask("/cryptarchia/info", null);
        if (info == null) {
            return false;
        }
        Deque<HeaderId> ids = new ArrayDeque<>();
        Deque<byte[]> fresh = new ArrayDeque<>();
        HeaderId id = idAfter("tip", info);
        while (!id.equals(genesis) && !knows(id)) {
            byte[] block = storageBlock(node, id);
            if (block == null) {
                return false;
            }
            ids.push(id);
            fresh.push(block);
            id = MantleJson.decodeBlock(block).header().parent();
        }
        while (!ids.isEmpty()) {
            remember(ids.pop(), fresh.pop());
        }
        return true;
    }

    private static HeaderId idAfter(String field, byte[] json) {
        String text = new String(json, StandardCharsets.US_ASCII);
        int begin = text.indexOf("\"" + field + "\":\"") + field.length() + 4;
        return HeaderId.fromHex(text.substring(begin, begin + 64));
    }

    private synchronized boolean knows(HeaderId id) {
        return served.containsKey(id);
    }

    private static byte[] storageBlock(ChildNode node, HeaderId id) {
        return node.ask("/storage/block", ("\"" + id + "\"").getBytes(StandardCharsets.US_ASCII));
    }

    private synchronized void remember(HeaderId id, byte[] json) {
        Block block = MantleJson.decodeBlock(json);
        assertThat(block.id()).isEqualTo(id);
        assertThat(block.hasMatchingRoot()).isTrue();
        assertThat(BlockSigner.isSigned(block.header(), block.signature())).isTrue();
        HeaderId parent = block.header().parent();
        assertThat(parent.equals(genesis) || served.containsKey(parent))
                .as("parent of block %s", id)
                .isTrue();
        served.put(id, json);
        blocks.put(id, block);
    }

    /** Check what was seen since the last check, and some of the others; now and then all final blocks. */
    void checkNewest(ChildNode node, Random chance) {
        List<HeaderId> ids = new ArrayList<>(served.keySet());
        for (int i = checked; i < ids.size(); i++) {
            check(node, ids.get(i));
        }
        for (int i = 0; i < SAMPLE && !ids.isEmpty(); i++) {
            check(node, ids.get(chance.nextInt(ids.size())));
        }
        checked = ids.size();
        if (chance.nextInt(SAMPLE) == 0) {
            checkFinal(node);
        }
    }

    /** Check every block. */
    void checkAll(ChildNode node) {
        served.keySet().forEach(id -> check(node, id));
        checkFinal(node);
    }

    private void check(ChildNode node, HeaderId id) {
        assertThat(storageBlock(node, id)).as("block %s", id).isEqualTo(served.get(id));
    }

    /** All final blocks at once, in the other form: none is missing, each is as it was. */
    private void checkFinal(ChildNode node) {
        byte[] answer = node.ask("/cryptarchia/blocks?slot_from=0&slot_to=" + Long.MAX_VALUE, null);
        List<Block> chain = new ArrayList<>();
        HeaderId lib = idAfter("lib", node.ask("/cryptarchia/info", null));
        // Last, as more than k blocks may be made before a busy machine has read all of the answer.
        assertThat(fetchNew(node)).isTrue();
        for (HeaderId id = lib;
                !id.equals(genesis);
                id = blocks.get(id).header().parent()) {
            chain.add(blocks.get(id));
        }
        Collections.reverse(chain);
        byte[] expected = MantleJson.encodeApi(chain);
        // Blocks that became final between the two questions are at the end.
        assertThat(expected).startsWith(Arrays.copyOf(answer, answer.length - 1));
    }
}
