package org.junitnomos.deploy.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junitnomos.deploy.DeployRequest;
import org.junitnomos.deploy.DeployRequestValues;
import org.junitnomos.devnode.NodeCoreFactory;
import org.junitnomos.settings.LogLevel;
import org.junitnomos.time.Timeline;
import org.junitnomos.time.VirtualTimeline;
import org.junitnomos.topology.ConsensusParameters;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.TopologySpec;
import org.junitnomos.topology.WalletSpec;

/** A virtual timeline, a deployer of scripted cores, and what they said. */
final class EmbeddedClusterFixture implements AutoCloseable {
    final Timeline timeline = new VirtualTimeline();
    final List<String> states = new ArrayList<>();
    final Map<String, ScriptedCore> cores = new LinkedHashMap<>();
    final Path directory;
    LogLevel logLevel = LogLevel.INFO;

    EmbeddedClusterFixture(Path directory) {
        this.directory = directory;
    }

    interface Body {
        void run(EmbeddedDeployment deployment) throws Exception;
    }

    static TopologySpec topology(int validators, NetworkLayout layout) {
        return new TopologySpec(
                validators, 0, layout, ConsensusParameters.DEFAULT, WalletSpec.NONE, LinkSpec.DEFAULT, Map.of());
    }

    EmbeddedDeployer deployer() {
        return deployer((config, store, outbox) -> new ScriptedCore(config, store, outbox));
    }

    EmbeddedDeployer deployer(NodeCoreFactory factory) {
        return new EmbeddedDeployer((config, store, outbox) -> {
            var core = factory.create(config, store, outbox);
            if (core instanceof ScriptedCore scripted) {
                cores.put(config.name(), scripted);
            }
            return core;
        });
    }

    DeployRequest request(TopologySpec topology) {
        return new DeployRequestValues(
                topology,
                4711,
                timeline,
                directory,
                Duration.ofSeconds(30),
                logLevel,
                (node, state, intended, reason) ->
                        states.add(node + " " + state + (intended ? "" : " unintended") + ": " + reason));
    }

    /** Deploy scripted validators in a full layout, run the body on the timeline, and close. */
    void deployed(int validators, Body body) throws Exception {
        deployed(topology(validators, NetworkLayout.FULL), deployer(), body);
    }

    void deployed(TopologySpec topology, EmbeddedDeployer deployer, Body body) throws Exception {
        managed(() -> {
            try (var deployment = (EmbeddedDeployment) deployer.deploy(request(topology))) {
                body.run(deployment);
            }
            return null;
        });
    }

    <T> T managed(Callable<T> body) throws Exception {
        return timeline.call(body);
    }

    @Override
    public void close() {
        timeline.close();
    }
}
