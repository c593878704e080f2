package org.junitnomos.feed;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junitnomos.client.HttpTransport;
import org.junitnomos.client.NodeClient;
import org.junitnomos.client.NodeClients;
import org.junitnomos.client.NodeEndpoint;
import org.junitnomos.client.WireFixtures;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.MantleJson;
import org.junitnomos.mantle.SignedMantleTx;

/** Nodes that answer from a tree of blocks which the test grows. */
final class ScriptedCluster implements HttpTransport {

    static final HeaderId GENESIS = WireFixtures.GENESIS;

    /** One node: where it stands and what it does not serve. */
    static final class Node {
        volatile HeaderId tip = GENESIS;
        volatile HeaderId lib = GENESIS;
        volatile boolean up = true;
        volatile CountDownLatch hang = new CountDownLatch(0);
        volatile boolean streams;
        final List<ScriptedStream> opened = new CopyOnWriteArrayList<>();
        final Set<HeaderId> lost = new HashSet<>();
        final List<String> asked = new ArrayList<>();

        long blocksAsked() {
            return asked.stream().filter(path -> path.equals("/storage/block")).count();
        }
    }

    private final Map<String, Block> blocks = new HashMap<>();
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final NodeClients factory = NodeClients.over(this);
    final List<NodeClient> clients = new ArrayList<>();
    private long slot;

    ScriptedCluster(String... names) {
        for (String name : names) {
            nodes.put(name, new Node());
            clients.add(factory.client(new NodeEndpoint(name, URI.create("http://" + name), null)));
        }
    }

    Node node(String name) {
        return nodes.get(name);
    }

    /** Make a block; no node stands on it yet. */
    HeaderId mine(HeaderId parent, SignedMantleTx... transactions) {
        Block block = WireFixtures.block(parent, ++slot, transactions);
        blocks.put(block.id().toHex(), block);
        return block.id();
    }

    /** Make a chain of empty blocks; returns their ids, oldest first. */
    List<HeaderId> chain(HeaderId parent, int length) {
        List<HeaderId> ids = new ArrayList<>();
        HeaderId at = parent;
        for (int i = 0; i < length; i++) {
            at = mine(at);
            ids.add(at);
        }
        return ids;
    }

    /** Let all nodes stand on a block. */
    void allOn(HeaderId tip) {
        nodes.values().forEach(node -> node.tip = tip);
    }

    @Override
    public Response exchange(Request request) throws IOException {
        Node node = nodes.get(request.host());
        try {
            node.hang.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        if (!node.up) {
            throw new ConnectException("refused");
        }
        synchronized (node) {
            node.asked.add(request.path());
        }
        if (request.path().equals("/cryptarchia/blocks/stream")) {
            return stream(node);
        }
        return new Response(200, new LinkedHashMap<>(), new ByteArrayInputStream(answer(node, request)));
    }

    private static Response stream(Node node) {
        if (!node.streams) {
            return new Response(404, new LinkedHashMap<>(), InputStream.nullInputStream());
        }
        ScriptedStream stream = new ScriptedStream();
        node.opened.add(stream);
        return new Response(200, new LinkedHashMap<>(), stream);
    }

    /** Let a node stand on a block and announce it on its open streams. */
    void announce(String name, HeaderId tip) {
        Node node = nodes.get(name);
        node.tip = tip;
        node.opened.forEach(stream -> stream.line(MantleJson.encodeApi(blocks.get(tip.toHex()))));
    }

    private byte[] answer(Node node, Request request) {
        if (request.path().equals("/cryptarchia/info")) {
            HeaderId tip = node.tip;
            Block block = blocks.get(tip.toHex());
            long at = block == null ? 0 : block.header().slot();
            // The height is wrong on purpose: after a restart it counts from another block than genesis.
            return ("{\"lib\":\"" + node.lib + "\",\"tip\":\"" + tip + "\",\"slot\":" + at
                            + ",\"height\":999,\"mode\":\"Online\"}")
                    .getBytes(StandardCharsets.UTF_8);
        }
        String id = new String(request.body(), StandardCharsets.UTF_8).replace("\"", "");
        Block block = blocks.get(id);
        boolean lost = node.lost.contains(HeaderId.fromHex(id));
        return block == null || lost ? "null".getBytes(StandardCharsets.UTF_8) : MantleJson.encode(block);
    }
}
