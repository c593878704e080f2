package org.junitnomos.testkit;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junitnomos.deploy.DeployRequestValues;
import org.junitnomos.deploy.Deployer;
import org.junitnomos.deploy.Deployment;
import org.junitnomos.settings.LogLevel;
import org.junitnomos.time.PollLoop;
import org.junitnomos.time.RealTimeline;
import org.junitnomos.topology.ConsensusParameters;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.NodeRule;
import org.junitnomos.topology.TopologySpec;
import org.junitnomos.topology.WalletSpec;

/** Deploys small clusters outside of this JVM and remembers what the listener heard. */
public final class ClusterRun implements AutoCloseable {
    private static final Duration SLOT = Duration.ofMillis(200);

    public final List<String> states = Collections.synchronizedList(new ArrayList<>());
    public final RealTimeline timeline = new RealTimeline();
    private final Path directory;

    public ClusterRun(Path directory) {
        this.directory = directory;
    }

    public static TopologySpec topology(int validators) {
        return new TopologySpec(
                validators,
                0,
                NetworkLayout.FULL,
                new ConsensusParameters(SLOT, new BigDecimal("0.9"), 10, Set.of(NodeRule.SILENT_EPOCHS)),
                WalletSpec.NONE,
                new LinkSpec(Duration.ofMillis(1), Duration.ZERO, 0),
                new LinkedHashMap<>());
    }

    public Deployment deploy(Deployer deployer, int validators) throws InterruptedException {
        return deploy(deployer, validators, Duration.ofSeconds(60));
    }

    public Deployment deploy(Deployer deployer, int validators, Duration readinessTimeout) throws InterruptedException {
        return deployer.deploy(new DeployRequestValues(
                topology(validators),
                4711,
                timeline,
                directory,
                readinessTimeout,
                LogLevel.INFO,
                (node, state, intended, reason) ->
                        states.add(node + " " + state + (intended ? "" : " unintended") + ": " + reason)));
    }

    public void await(String what, Callable<Boolean> condition) throws Exception {
        new PollLoop(timeline, what, Duration.ofMillis(20), Duration.ofSeconds(60)).untilTrue(condition);
    }

    /** Where a backend keeps what nodes leave. */
    public Path nodes() {
        return directory.resolve("nodes");
    }

    public Path log(String node) {
        return nodes().resolve(node + ".log");
    }

    public Path nodeDirectory(String node) {
        return nodes().resolve(node);
    }

    @Override
    public void close() {
        timeline.close();
    }
}
