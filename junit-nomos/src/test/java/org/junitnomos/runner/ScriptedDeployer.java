package org.junitnomos.runner;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.NodeClient;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.DeployRequest;
import org.junitnomos.deploy.Deployer;
import org.junitnomos.deploy.Deployment;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.Genesis;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.deploy.NodeSelector;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NodeRole;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.NodeState;
import org.junitnomos.topology.TopologySpec;

/** Deploys clusters in memory that do what the test says, and remembers what was asked of them, in order. */
final class ScriptedDeployer implements Deployer {
    final List<String> calls = new ArrayList<>();

    @Nullable
    RuntimeException deployFailure;

    @Nullable
    RuntimeException closeFailure;

    @Nullable
    RuntimeException healFailure;

    boolean deploysForever;

    /** Done in every deploy, and in every close, before anything else. */
    volatile Runnable inDeploy = () -> {};

    volatile Runnable inClose = () -> {};

    private volatile @Nullable DeployRequest deployed;
    private volatile @Nullable String lost;

    /** Let everything below the nodes vanish. */
    void lose(String reason) {
        lost = reason;
        var request = Objects.requireNonNull(deployed);
        request.topology()
                .nodes()
                .forEach(node -> request.listener().onState(node.name(), NodeState.DEAD, false, reason));
    }

    private synchronized void call(String what) {
        calls.add(what);
    }

    @Override
    public String backend() {
        return "scripted";
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    @Override
    public String systemUnderTest() {
        return "scripted node";
    }

    @Override
    public Deployment deploy(DeployRequest request) throws InterruptedException {
        call("deploy");
        inDeploy.run();
        if (deploysForever) {
            request.clock().sleep(Duration.ofDays(10_000));
        }
        if (deployFailure != null) {
            throw deployFailure;
        }
        request.clock().sleep(Duration.ofMillis(10));
        for (var node : request.topology().nodes()) {
            request.listener().onState(node.name(), NodeState.READY, true, "ready");
        }
        deployed = request;
        return new Scripted(request);
    }

    private final class Scripted implements Deployment {
        private final DeployRequest request;
        private final Genesis genesis;
        private final Control control = new Control();

        Scripted(DeployRequest request) {
            this.request = request;
            this.genesis = Genesis.derive(request.topology(), request.seed());
        }

        @Override
        public TopologySpec topology() {
            return request.topology();
        }

        @Override
        public String systemUnderTest() {
            return "scripted node";
        }

        @Override
        public List<NodeHandle> nodes() {
            return request.topology().nodes().stream()
                    .<NodeHandle>map(spec -> new Handle(spec, genesis))
                    .toList();
        }

        @Override
        public NodeControl control() {
            return control;
        }

        @Override
        public Optional<String> lost() {
            return Optional.ofNullable(lost);
        }

        @Override
        public Genesis genesis() {
            return genesis;
        }

        @Override
        public Duration chainStart() {
            return Duration.ZERO;
        }

        @Override
        public void close() {
            call("close");
            inClose.run();
            if (closeFailure != null) {
                throw closeFailure;
            }
        }
    }

    private record Handle(NodeSpec spec, Genesis genesis) implements NodeHandle {
        @Override
        public NodeClient client() {
            return new ScriptedClient(spec.name(), genesis.id());
        }

        @Override
        public boolean isRunning() {
            return true;
        }

        @Override
        public Optional<Path> log() {
            return Optional.empty();
        }
    }

    private final class Control implements NodeControl {
        private Proof done(String what, String node) {
            call(what + " " + node);
            if (what.equals("heal") && healFailure != null) {
                throw healFailure;
            }
            return new Proof(List.of(node), what + " observed");
        }

        @Override
        public Proof stop(String node) {
            return done("stop", node);
        }

        @Override
        public Proof start(String node) {
            return done("start", node);
        }

        @Override
        public Proof restart(String node) {
            return done("restart", node);
        }

        @Override
        public Proof kill(String node) {
            return done("kill", node);
        }

        @Override
        public Proof pause(String node) {
            return done("pause", node);
        }

        @Override
        public Proof resume(String node) {
            return done("resume", node);
        }

        @Override
        public Proof add(NodeRole role) {
            return done("add", role.label());
        }

        @Override
        public Proof remove(String node) {
            return done("remove", node);
        }

        @Override
        public Proof cut(String a, String b) {
            return done("cut", a + " " + b);
        }

        @Override
        public Proof heal(Proof proof) {
            return done("heal", String.join(" ", proof.targets()));
        }

        @Override
        public List<String> select(NodeSelector selector) {
            return List.of();
        }

        @Override
        public Proof partition(List<? extends Collection<String>> groups) {
            return done("partition", groups.toString());
        }

        @Override
        public Proof isolate(String node) {
            if (node.equals("nobody")) {
                throw new IllegalArgumentException("no node 'nobody'");
            }
            if (node.equals("unseen")) {
                throw new DeploymentException("the links of 'unseen' are still up", null);
            }
            return done("isolate", node);
        }

        @Override
        public Proof heal() {
            return done("heal", "all");
        }

        @Override
        public Proof link(String a, String b, LinkSpec link) {
            return done("link", a + " " + b);
        }

        @Override
        public Proof skewClock(String node, Duration ahead) {
            return done("skew", node);
        }
    }
}
