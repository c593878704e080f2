package org.junitnomos.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.client.NodeClients;
import org.junitnomos.client.NodeEndpoint;
import org.junitnomos.client.WireFixtures;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.feed.BlockFeed;
import org.junitnomos.feed.BlockRecord;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.scenario.RunContext;

class LastProposerTests {
    @TempDir
    Path directory;

    /** Answers calls of methods without parameters by their names. */
    private static <T> T stub(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            if (!answers.containsKey(method.getName())) {
                throw new UnsupportedOperationException(method.toString());
            }
            return answers.get(method.getName());
        }));
    }

    @Test
    void passesOverANodeThatJoinsAndListensNowhereYet() {
        try (var clients = NodeClients.overHttp()) {
            var joining = stub(
                    NodeHandle.class,
                    Map.of(
                            "name",
                            "validator-5",
                            "isRunning",
                            true,
                            "isPaused",
                            false,
                            "client",
                            clients.client("validator-5", () -> null)));
            var cluster = stub(Cluster.class, Map.of("nodes", List.of(joining)));
            var run = stub(RunContext.class, Map.of("cluster", cluster));

            assertThat(new LastProposer(run).find(new Random(1))).isEmpty();
        }
    }

    @Test
    void readsTheLogsOfNodesWithoutATestingPort() throws IOException {
        Path early = log("early", "INFO proposed block with id HeaderId(" + bytes(1) + ") containing 2 transactions");
        Path late = log(
                "late",
                "\u001b[32m INFO\u001b[0m chain_leader: proposed block with id HeaderId(" + bytes(2) + ") containing 0",
                "INFO proposed block with id HeaderId(" + bytes(9) + ") containing 0 transactions", // nobody took it
                "INFO all is well");
        try (var clients = NodeClients.overHttp()) {
            var run = run(withoutTestingPort(clients, "early", early), withoutTestingPort(clients, "late", late));

            assertThat(new LastProposer(run).find(new Random(1))).contains("late");
        }
    }

    @Test
    void nodesThatTellByNoMeansAreNamed() {
        try (var clients = NodeClients.overHttp()) {
            var run = run(withoutTestingPort(clients, "validator-0", null));

            assertThatThrownBy(() -> new LastProposer(run).find(new Random(1)))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("Node 'validator-0' does not tell which blocks it proposed, so the leader cannot be"
                            + " isolated: it has no testing port of a dev node, and its backend keeps no log. Use"
                            + " another shape of partition with these nodes.");
        }
    }

    private Path log(String node, String... lines) throws IOException {
        return Files.write(directory.resolve(node + ".log"), List.of(lines));
    }

    /** An id of equal bytes, as real nodes write it. */
    private static String bytes(int number) {
        return Collections.nCopies(HeaderId.LENGTH, number).toString();
    }

    private static NodeHandle withoutTestingPort(NodeClients clients, String name, @Nullable Path log) {
        var endpoint = new NodeEndpoint(name, URI.create("http://127.0.0.1:1"), null);
        return stub(
                NodeHandle.class,
                Map.of(
                        "name",
                        name,
                        "isRunning",
                        true,
                        "isPaused",
                        false,
                        "log",
                        Optional.ofNullable(log),
                        "client",
                        clients.client(name, () -> endpoint)));
    }

    /** A run that saw block 1 of slot 1 and block 2 of slot 2. */
    private static RunContext run(NodeHandle... nodes) {
        var feed = (BlockFeed) Proxy.newProxyInstance(
                BlockFeed.class.getClassLoader(), new Class<?>[] {BlockFeed.class}, (proxy, method, args) -> {
                    int number = ((HeaderId) args[0]).toBytes()[0];
                    return number > 2
                            ? Optional.empty()
                            : Optional.of(new BlockRecord(
                                    (HeaderId) args[0], number, WireFixtures.block(HeaderId.ZERO, number), "early", 0));
                });
        return stub(
                RunContext.class,
                Map.of("cluster", stub(Cluster.class, Map.of("nodes", List.of(nodes))), "feed", feed));
    }
}
