package org.junitnomos.deploy.process;

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
import org.junitnomos.deploy.external.NodeCommand;
import org.junitnomos.internal.PollLoop;
import org.junitnomos.internal.RealTimeline;
import org.junitnomos.topology.ConsensusParameters;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.TopologySpec;
import org.junitnomos.topology.WalletSpec;

/** Deploys clusters of processes and remembers what the listener heard. */
final class ProcessRun implements AutoCloseable {
    private static final Duration SLOT = Duration.ofMillis(200);

    final List<String> states = Collections.synchronizedList(new ArrayList<>());
    final RealTimeline timeline = new RealTimeline();
    private final Path directory;

    ProcessRun(Path directory) {
        this.directory = directory;
    }

    static TopologySpec topology(int validators) {
        return new TopologySpec(
                validators,
                0,
                NetworkLayout.FULL,
                new ConsensusParameters(SLOT, new BigDecimal("0.9"), 10),
                WalletSpec.NONE,
                new LinkSpec(Duration.ofMillis(1), Duration.ZERO, 0),
                new LinkedHashMap<>());
    }

    Deployment deploy(NodeCommand command, int validators) throws InterruptedException {
        return deploy(command, validators, Duration.ofSeconds(60));
    }

    Deployment deploy(NodeCommand command, int validators, Duration readinessTimeout) throws InterruptedException {
        return deploy(new ProcessDeployer(command), validators, readinessTimeout);
    }

    Deployment deploy(ProcessDeployer deployer, int validators, Duration readinessTimeout) throws InterruptedException {
        return deployer.deploy(new DeployRequest(
                topology(validators),
                4711,
                timeline,
                directory,
                readinessTimeout,
                LogLevel.INFO,
                (node, state, intended, reason) ->
                        states.add(node + " " + state + (intended ? "" : " unintended") + ": " + reason)));
    }

    void await(String what, Callable<Boolean> condition) throws Exception {
        new PollLoop(timeline, what, Duration.ofMillis(20), Duration.ofSeconds(30)).untilTrue(condition);
    }

    Path log(String node) {
        return directory.resolve("nodes").resolve(node + ".log");
    }

    Path nodeDirectory(String node) {
        return directory.resolve("nodes").resolve(node);
    }

    @Override
    public void close() {
        timeline.close();
    }
}
