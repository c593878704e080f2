package org.junitnomos.k8s;

import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.NodeEndpoint;
import org.slf4j.LoggerFactory;

/** Ports of this machine that the API server forwards to those of a pod. */
final class NodeForwards implements AutoCloseable {
    private final LocalPortForward api;
    private final @Nullable LocalPortForward testing;

    private NodeForwards(LocalPortForward api, @Nullable LocalPortForward testing) {
        this.api = api;
        this.testing = testing;
    }

    /** Listens at free ports; nothing is sent before somebody connects. */
    static NodeForwards open(PodResource pod, boolean hasTestingPort) {
        var api = pod.portForward(PodPort.API.number());
        return new NodeForwards(api, hasTestingPort ? pod.portForward(PodPort.TESTING.number()) : null);
    }

    NodeEndpoint endpoint(String node) {
        return new NodeEndpoint(node, uri(api), testing == null ? null : uri(testing));
    }

    private static URI uri(LocalPortForward forward) {
        return URI.create("http://127.0.0.1:" + forward.getLocalPort());
    }

    @Override
    public void close() {
        for (var forward : Stream.of(api, testing).filter(Objects::nonNull).toList()) {
            try {
                forward.close();
            } catch (IOException e) {
                LoggerFactory.getLogger(NodeForwards.class).debug("A forwarded port cannot be closed", e);
            }
        }
    }
}
