package org.junitnomos.acceptance;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.client.NodeClient;
import org.junitnomos.client.NodeEndpoint;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.DeployRequest;
import org.junitnomos.deploy.Deployer;
import org.junitnomos.deploy.Deployment;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.Genesis;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.NodeState;
import org.junitnomos.topology.TopologySpec;

/** A backend as a user would write one: nodes that run already somewhere. It sees nothing but what is promised. */
final class OwnBackend implements Deployer {
    private static final Duration PERIOD = Duration.ofMillis(20);

    private final Map<String, URI> nodes;

    OwnBackend(Map<String, URI> nodes) {
        this.nodes = nodes;
    }

    @Override
    public String backend() {
        return "own";
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of();
    }

    @Override
    public Deployment deploy(DeployRequest request) throws InterruptedException {
        var handles = new ArrayList<NodeHandle>();
        for (var spec : request.topology().nodes()) {
            var client = request.connect(new NodeEndpoint(spec.name(), nodes.get(spec.name()), null));
            request.listener().onState(spec.name(), NodeState.SPAWNED, true, "runs already");
            await(request, client);
            request.listener().onState(spec.name(), NodeState.READY, true, "answers");
            handles.add(new Handle(spec, client));
        }
        var genesis = Genesis.derive(request.topology(), request.seed());
        return new Attached(
                request.topology(), handles, genesis, request.clock().now());
    }

    private static void await(DeployRequest request, NodeClient client) throws InterruptedException {
        var end = request.clock().now().plus(request.readinessTimeout());
        while (true) {
            try {
                client.cryptarchiaInfo();
                return;
            } catch (NodeApiException e) {
                if (request.clock().now().compareTo(end) >= 0) {
                    throw new DeploymentException("Node '" + client.endpoint().node() + "' does not answer", e);
                }
                request.clock().sleep(PERIOD);
            }
        }
    }

    private record Handle(NodeSpec spec, NodeClient client) implements NodeHandle {
        @Override
        public boolean isRunning() {
            return true;
        }

        @Override
        public Optional<Path> log() {
            return Optional.empty();
        }
    }

    private record Attached(TopologySpec topology, List<NodeHandle> nodes, Genesis genesis, Duration chainStart)
            implements Deployment {
        @Override
        public String systemUnderTest() {
            return "my nodes";
        }

        @Override
        public NodeControl control() {
            throw Capability.NODE_CONTROL.missing("own");
        }

        @Override
        public void close() {}
    }
}
