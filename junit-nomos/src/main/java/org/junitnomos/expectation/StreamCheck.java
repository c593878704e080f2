package org.junitnomos.expectation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.CryptarchiaInfo;
import org.junitnomos.client.FinalizedBlock;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.client.NodeClient;
import org.junitnomos.client.NodeStream;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.mantle.ApiBlock;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.topology.NodeRole;

/** Reads the streams of all validators for a few blocks: nothing is missing, comes twice or in another order. */
final class StreamCheck {
    private static final int BLOCKS = 4;

    /** Lines that may be under way in real time. */
    private static final int UNDER_WAY = 3;

    private static final int MOST_SLOTS = 16;
    private static final int NOT_FOUND = 404;
    private static final String ONLINE = "Online";

    private final RunContext run;
    private final List<NodeHandle> nodes;
    private final List<String> problems = new ArrayList<>();

    StreamCheck(RunContext run, List<NodeHandle> nodes) {
        this.run = run;
        this.nodes = nodes.stream()
                .filter(node -> node.spec().role() == NodeRole.VALIDATOR)
                .toList();
    }

    /** The streams of a node, and where it stood when they were opened. */
    private record Open(
            CryptarchiaInfo before,
            @Nullable NodeStream<FinalizedBlock> finals,
            @Nullable NodeStream<ApiBlock> blocks) {}

    List<String> problems() throws InterruptedException {
        Map<NodeHandle, Open> open = new LinkedHashMap<>();
        try {
            for (var node : nodes) {
                open(node).ifPresent(streams -> open.put(node, streams));
            }
            if (!open.isEmpty()) {
                long height = run.feed().height();
                for (int slot = 0; slot < MOST_SLOTS && run.feed().height() < height + BLOCKS; slot++) {
                    run.clock().sleepSlots(1);
                }
                // half a slot: what was made last has gone through the streams
                run.clock()
                        .sleep(run.scenario()
                                .topology()
                                .consensus()
                                .slotDuration()
                                .dividedBy(2));
                for (var entry : open.entrySet()) {
                    check(entry.getKey(), entry.getValue());
                }
            }
        } finally {
            open.values().forEach(streams -> {
                close(streams.finals());
                close(streams.blocks());
            });
        }
        return problems;
    }

    private static void close(@Nullable NodeStream<?> stream) {
        if (stream != null) {
            stream.close();
        }
    }

    private Optional<Open> open(NodeHandle node) {
        NodeStream<FinalizedBlock> finals = null;
        NodeStream<ApiBlock> blocks = null;
        try {
            NodeClient client = node.client();
            finals = open(client, NodeClient::libStream);
            blocks = open(client, NodeClient::blockStream);
            return Optional.of(new Open(client.cryptarchiaInfo(), finals, blocks));
        } catch (NodeApiException e) {
            close(finals);
            close(blocks);
            problems.add(node.name() + ", streams: they could not be opened: " + e.reason());
            return Optional.empty();
        }
    }

    private static <T> @Nullable NodeStream<T> open(NodeClient client, Function<NodeClient, NodeStream<T>> stream) {
        try {
            return stream.apply(client);
        } catch (NodeApiException e) {
            if (e.status() == NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    private void check(NodeHandle node, Open open) throws InterruptedException {
        try {
            var after = node.client().cryptarchiaInfo();
            var finals = lines(open.finals());
            var blocks = lines(open.blocks());
            var tree = new RunFacts(run).tree;
            if (tree.heightOf(after.tip()) < 0 || tree.heightOf(open.before().tip()) < 0) {
                return;
            }
            if (open.finals() != null && open.before().mode().equals(ONLINE)) {
                problemOfFinals(
                                finals,
                                tree.heightOf(open.before().lib()),
                                tree.heightOf(after.lib()),
                                height -> tree.ancestorAt(after.tip(), height),
                                !run.clock().isVirtual())
                        .ifPresent(
                                problem -> problems.add(node.name() + ", stream of irreversible blocks: " + problem));
            }
            if (open.blocks() != null) {
                var fork = tree.commonAncestor(open.before().tip(), after.tip());
                var joined = tree.branch(fork, after.tip()).stream()
                        .map(block -> block.block())
                        .toList();
                problemOfBlocks(blocks, joined, !run.clock().isVirtual())
                        .ifPresent(problem -> problems.add(node.name() + ", stream of blocks: " + problem));
            }
        } catch (NodeApiException e) {
            problems.add(node.name() + ", streams: " + e.reason());
        }
    }

    private static <T> List<T> lines(@Nullable NodeStream<T> stream) throws InterruptedException {
        var lines = new ArrayList<T>();
        if (stream != null) {
            for (var line = stream.next(Duration.ZERO); line.isPresent(); line = stream.next(Duration.ZERO)) {
                lines.add(line.get());
            }
        }
        return lines;
    }

    /** One line a height, from the first above the LIB when it was opened to the LIB now; some may be under way. */
    static Optional<String> problemOfFinals(
            List<FinalizedBlock> lines, long before, long after, Function<Long, HeaderId> onChain, boolean mayLag) {
        long height = before;
        for (var line : lines) {
            if (mayLag && height == before && line.height() <= before) {
                continue; // it came between the opening of the stream and the question for the LIB
            }
            height++;
            if (line.height() != height) {
                return Optional.of("expected height " + height + " next, observed " + line.height());
            }
            if (height <= after && !onChain.apply(height).equals(line.headerId())) {
                return Optional.of("expected block " + onChain.apply(height) + " at height " + height + ", observed "
                        + line.headerId());
            }
        }
        return height < after - (mayLag ? UNDER_WAY : 0)
                ? Optional.of("expected lines up to height " + after + ", observed none after height " + height)
                : Optional.empty();
    }

    /** Every block that joined the chain, once, a parent before its child; blocks beside the chain may be between. */
    static Optional<String> problemOfBlocks(List<ApiBlock> lines, List<HeaderId> joined, boolean mayLag) {
        var ids = lines.stream().map(ApiBlock::id).toList();
        for (var line : lines) {
            if (!line.header().id().equals(line.id())) {
                return Optional.of("expected a header of id " + line.id() + ", observed "
                        + line.header().id());
            }
        }
        int last = -1;
        for (int i = 0; i < joined.size(); i++) {
            int place = ids.indexOf(joined.get(i));
            if (place < 0 && mayLag && i >= joined.size() - UNDER_WAY) {
                break;
            }
            if (place < 0) {
                return Optional.of("expected block " + joined.get(i) + ", which joined its chain, observed none");
            }
            if (ids.lastIndexOf(joined.get(i)) != place) {
                return Optional.of("expected block " + joined.get(i) + " once, observed it twice");
            }
            if (place < last) {
                return Optional.of("expected block " + joined.get(i) + " after its parent, observed it before");
            }
            last = place;
        }
        return Optional.empty();
    }
}
