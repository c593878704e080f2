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
import java.util.concurrent.ConcurrentHashMap;
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
import org.junitnomos.mantle.MantleJsonValues;
import org.junitnomos.mantle.SignedMantleTx;

/** Nodes that answer from a tree of blocks which the test grows. */
final class ScriptedCluster implements HttpTransport {

    static final HeaderId GENESIS = WireFixtures.GENESIS;

    /** One node: where it stands, what it does not serve, and what it says that is not so. */
    static final class Node {
        volatile HeaderId tip = GENESIS;
        volatile HeaderId lib = GENESIS;
        volatile boolean up = true;
        volatile CountDownLatch hang = new CountDownLatch(0);
        /** What keeps it from serving blocks, when it answers everything else. */
        volatile CountDownLatch hangWithBlocks = new CountDownLatch(0);

        final CountDownLatch blocksWanted = new CountDownLatch(1);
        volatile boolean streams;
        final List<ScriptedStream> opened = new CopyOnWriteArrayList<>();
        final Set<HeaderId> lost = new HashSet<>();
        /** Whether it serves nothing but the blocks up to its tip. */
        volatile boolean hasOnlyItsChain;
        /** What it serves in place of a block. */
        final Map<HeaderId, Block> served = new HashMap<>();
        /** What it adds to the height and to the slot of its tip. */
        volatile long addsToHeight;

        volatile long addsToSlot;
        volatile String mode = "Online";
        /** Where its headers begin; null for its tip. */
        volatile HeaderId headersFrom;

        volatile boolean malformedHeaders;
        /** Statuses other than 200, by the beginning of a path. */
        final Map<String, Integer> statuses = new ConcurrentHashMap<>();
        /** Runs after each question for headers. */
        volatile Runnable afterHeaders = () -> {};

        final List<String> asked = new ArrayList<>();

        long blocksAsked() {
            return asked.stream().filter(path -> path.equals("/storage/block")).count();
        }
    }

    private final Map<String, Block> blocks = new HashMap<>();
    private final Map<HeaderId, Long> heights = new HashMap<>();
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
        return add(WireFixtures.block(parent, ++slot, transactions));
    }

    HeaderId add(Block block) {
        blocks.put(block.id().toHex(), block);
        heights.put(block.id(), heights.getOrDefault(block.header().parent(), 0L) + 1);
        return block.id();
    }

    Block block(HeaderId id) {
        return blocks.get(id.toHex());
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
            if (request.path().equals("/storage/block")) {
                node.blocksWanted.countDown();
                node.hangWithBlocks.await();
            }
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
        for (var status : node.statuses.entrySet()) {
            if (request.path().startsWith(status.getKey())) {
                return new Response(status.getValue(), Map.of(), InputStream.nullInputStream());
            }
        }
        return new Response(200, Map.of(), new ByteArrayInputStream(answer(node, request)));
    }

    private static Response stream(Node node) {
        if (!node.streams) {
            return new Response(404, Map.of(), InputStream.nullInputStream());
        }
        ScriptedStream stream = new ScriptedStream();
        node.opened.add(stream);
        return new Response(200, Map.of(), stream);
    }

    /** Let a node stand on a block and announce it on its open streams. */
    void announce(String name, HeaderId tip) {
        Node node = nodes.get(name);
        node.tip = tip;
        node.opened.forEach(stream -> stream.line(MantleJson.encodeApi(blocks.get(tip.toHex()))));
    }

    private List<HeaderId> headers(Node node, Request request) {
        HeaderId from = parameter(request, "from");
        HeaderId to = parameter(request, "to");
        HeaderId at = from != null ? from : node.headersFrom != null ? node.headersFrom : node.tip;
        List<HeaderId> headers = new ArrayList<>();
        while (true) {
            headers.add(at);
            if (at.equals(to) || at.equals(node.lib) || !blocks.containsKey(at.toHex())) {
                return headers;
            }
            at = blocks.get(at.toHex()).header().parent();
        }
    }

    private static HeaderId parameter(Request request, String name) {
        int at = request.path().indexOf(name + "=");
        return at < 0
                ? null
                : HeaderId.fromHex(request.path().substring(at + name.length() + 1, at + name.length() + 65));
    }

    private boolean isOnChain(HeaderId id, HeaderId tip) {
        HeaderId at = tip;
        while (!at.equals(id) && blocks.containsKey(at.toHex())) {
            at = blocks.get(at.toHex()).header().parent();
        }
        return at.equals(id);
    }

    private byte[] answer(Node node, Request request) {
        if (request.path().equals("/cryptarchia/info")) {
            HeaderId tip = node.tip;
            Block block = blocks.get(tip.toHex());
            long at = (block == null ? 0 : block.header().slot()) + node.addsToSlot;
            return ("{\"lib\":\"" + node.lib + "\",\"tip\":\"" + tip + "\",\"slot\":" + at + ",\"height\":"
                            + (heights.getOrDefault(tip, 0L) + node.addsToHeight) + ",\"mode\":\"" + node.mode
                            + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
        }
        if (request.path().startsWith("/cryptarchia/headers")) {
            byte[] headers = node.malformedHeaders
                    ? "[17]".getBytes(StandardCharsets.UTF_8)
                    : MantleJsonValues.encodeHeaderIds(headers(node, request));
            node.afterHeaders.run();
            return headers;
        }
        String id = new String(request.body(), StandardCharsets.UTF_8).replace("\"", "");
        Block block = blocks.get(id);
        block = node.served.getOrDefault(HeaderId.fromHex(id), block);
        boolean lost = node.lost.contains(HeaderId.fromHex(id))
                || (node.hasOnlyItsChain && !isOnChain(HeaderId.fromHex(id), node.tip));
        return block == null || lost ? "null".getBytes(StandardCharsets.UTF_8) : MantleJson.encode(block);
    }
}
