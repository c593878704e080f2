package org.junitnomos.k8s;

import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.IOException;
import java.net.URI;
import org.junitnomos.client.NodeEndpoint;
import org.slf4j.LoggerFactory;

/** Ports of this machine that the API server forwards to those of a pod. */
final class NodeForwards implements AutoCloseable {
    private final LocalPortForward api;
    private final LocalPortForward testing;

    private NodeForwards(LocalPortForward api, LocalPortForward testing) {
        this.api = api;
        this.testing = testing;
    }

    /** Listen at two free ports; nothing is sent before somebody connects. */
    static NodeForwards open(PodResource pod) {
        var api = pod.portForward(PodPort.API.number());
        return new NodeForwards(api, pod.portForward(PodPort.TESTING.number()));
    }

    NodeEndpoint endpoint(String node) {
        return new NodeEndpoint(node, uri(api), uri(testing));
    }

    private static URI uri(LocalPortForward forward) {
        return URI.create("http://127.0.0.1:" + forward.getLocalPort());
    }

    @Override
    public void close() {
        for (var forward : new LocalPortForward[] {api, testing}) {
            try {
                forward.close();
            } catch (IOException e) {
                LoggerFactory.getLogger(NodeForwards.class).debug("A forwarded port cannot be closed", e);
            }
        }
    }
}
