package org.junitnomos.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junitnomos.client.NodeClients;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.scenario.RunContext;

class LastProposerTests {
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
}
