package org.junitnomos.assertions;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junitnomos.client.CryptarchiaInfo;
import org.junitnomos.client.NetworkInfo;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.client.NodeClient;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.feed.BlockFeed;
import org.junitnomos.feed.BlockRecord;
import org.junitnomos.journal.InMemoryJournal;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.BlockRoot;
import org.junitnomos.mantle.Ed25519Signature;
import org.junitnomos.mantle.Fr;
import org.junitnomos.mantle.Header;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.ProofOfLeadership;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.topology.NodeRole;
import org.junitnomos.topology.NodeSpec;

/** Parts of a run that nobody runs: they answer what a test says, and nothing else. */
final class PlainParts {
    private static final ProofOfLeadership PROOF =
            ProofOfLeadership.development(new ProofOfLeadership.PublicInputs(7, Fr.ZERO, 3006, Fr.ZERO, Fr.ZERO));

    final Map<HeaderId, Block> blocks = new HashMap<>();
    final Map<String, NodeHandle> nodes = new LinkedHashMap<>();
    final InMemoryJournal journal = new InMemoryJournal();

    /** How a node is. */
    record Standing(HeaderId tip, long height, int peers, boolean running, boolean answers) {
        static Standing on(HeaderId tip, long height) {
            return new Standing(tip, height, 2, true, true);
        }

        Standing peers(int number) {
            return new Standing(tip, height, number, running, answers);
        }

        Standing stopped() {
            return new Standing(tip, height, peers, false, false);
        }

        Standing silent() {
            return new Standing(tip, height, peers, running, false);
        }
    }

    /** Answers the calls of the named methods; the others as the interface says itself, if it does. */
    static <T> T answering(Class<T> type, Map<String, Supplier<?>> answers) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            var answer = answers.get(method.getName());
            if (answer != null) {
                return answer.get();
            }
            return switch (method.getName()) {
                case "toString" -> "plain " + type.getSimpleName();
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> proxy == arguments[0];
                default -> InvocationHandler.invokeDefault(proxy, method, arguments);
            };
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** Adds a block of a slot on another one; returns its id. */
    HeaderId block(HeaderId parent, long slot) {
        var block =
                new Block(new Header(parent, slot, BlockRoot.of(List.of()), PROOF), Ed25519Signature.ZERO, List.of());
        blocks.put(block.id(), block);
        return block.id();
    }

    BlockRecord record(HeaderId id, long height) {
        return new BlockRecord(id, height, blocks.get(id), "validator-0", 0);
    }

    NodeHandle node(String name, Standing standing) {
        var client = Proxy.newProxyInstance(
                NodeClient.class.getClassLoader(), new Class<?>[] {NodeClient.class}, (proxy, method, arguments) -> {
                    if (!standing.answers()) {
                        throw new NodeApiException(
                                "no answer",
                                name,
                                NodeApiException.Kind.UNREACHABLE,
                                0,
                                "Connection refused",
                                "",
                                null);
                    }
                    return switch (method.getName()) {
                        case "cryptarchiaInfo" ->
                            new CryptarchiaInfo(
                                    HeaderId.ZERO, standing.tip(), standing.height(), standing.height(), "Online");
                        case "networkInfo" -> new NetworkInfo(List.of(), standing.peers(), standing.peers(), 0);
                        case "block" -> Optional.ofNullable(blocks.get((HeaderId) arguments[0]));
                        default -> throw new UnsupportedOperationException(method.getName());
                    };
                });
        var node = answering(
                NodeHandle.class,
                Map.of(
                        "spec",
                        () -> new NodeSpec(name, NodeRole.VALIDATOR, nodes.size()),
                        "client",
                        () -> client,
                        "isRunning",
                        standing::running,
                        "log",
                        Optional::empty));
        nodes.put(name, node);
        return node;
    }

    Cluster cluster() {
        return answering(Cluster.class, Map.of("nodes", () -> List.copyOf(nodes.values())));
    }

    BlockFeed feed(long height) {
        return answering(BlockFeed.class, Map.of("height", () -> height, "tip", Optional::empty));
    }

    /** A run with that journal, at a height. */
    RunContext run(long height) {
        return answering(
                RunContext.class, Map.of("journal", () -> journal, "feed", () -> feed(height), "seed", () -> 4711L));
    }
}
