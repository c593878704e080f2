package org.junitnomos.k8s;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.junitnomos.deploy.DeployRequest;
import org.junitnomos.deploy.Deployment;
import org.junitnomos.deploy.LogLevel;
import org.junitnomos.deploy.session.Session;
import org.junitnomos.internal.PollLoop;
import org.junitnomos.internal.RealTimeline;
import org.junitnomos.topology.ConsensusParameters;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.TopologySpec;
import org.junitnomos.topology.WalletSpec;

/** Deploys small clusters on Kubernetes and remembers what the listener heard. */
final class ClusterRun implements AutoCloseable {
    final List<String> states = Collections.synchronizedList(new ArrayList<>());
    final RealTimeline timeline = new RealTimeline();
    private final Path directory;

    ClusterRun(Path directory) {
        this.directory = directory;
    }

    static TopologySpec topology(int validators) {
        return new TopologySpec(
                validators,
                0,
                NetworkLayout.FULL,
                new ConsensusParameters(Duration.ofMillis(200), new BigDecimal("0.9"), 10),
                WalletSpec.NONE,
                new LinkSpec(Duration.ofMillis(1), Duration.ZERO, 0),
                new LinkedHashMap<>());
    }

    DeployRequest request(int validators) {
        return new DeployRequest(
                topology(validators),
                4711,
                timeline,
                directory,
                Duration.ofSeconds(120),
                LogLevel.INFO,
                (node, state, intended, reason) ->
                        states.add(node + " " + state + (intended ? "" : " unintended") + ": " + reason));
    }

    Deployment deploy(KubernetesSettings settings, int validators) throws InterruptedException {
        return deploy(settings, validators, Session.ofThisJvm());
    }

    Deployment deploy(KubernetesSettings settings, int validators, Session session) throws InterruptedException {
        return new KubernetesDeployer(() -> settings, session).deploy(request(validators));
    }

    void await(String what, Callable<Boolean> condition) throws Exception {
        new PollLoop(timeline, what, Duration.ofMillis(50), Duration.ofSeconds(60)).untilTrue(condition);
    }

    Path nodes() {
        return directory.resolve("nodes");
    }

    @Override
    public void close() {
        timeline.close();
    }
}
