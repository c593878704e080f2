package org.junitnomos.deploy.process;

import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junitnomos.deploy.AvailabilityContractTests;
import org.junitnomos.deploy.Backend;
import org.junitnomos.deploy.CleanupContractTests;
import org.junitnomos.deploy.Deployer;
import org.junitnomos.deploy.DeployerContractTests;
import org.junitnomos.deploy.NodeControlContractTests;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.deploy.NodeLifeContractTests;
import org.junitnomos.deploy.PoolContractTests;
import org.junitnomos.deploy.real.RealNodeCommand;
import org.junitnomos.time.Timeline;
import org.junitnomos.topology.ConsensusParameters;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.TopologySpec;

/** The contract of backends on processes that are real nodes, as far as these can do what it asks for. */
@EnabledIfEnvironmentVariable(
        named = "NOMOS_NODE_BIN",
        matches = ".+",
        disabledReason = "real nodes are tested where NOMOS_NODE_BIN names one; docs/real-nodes.md has what it needs")
class RealNodesContractTests {
    /** Also in a JVM that runs dev nodes otherwise. */
    private static final class RealNodes implements Backend {
        private final Backend processes = new ProcessContractTests.Processes();

        @Override
        public Deployer deployer() {
            return new ProcessDeployer(RealNodeCommand.ofThisJvm());
        }

        @Override
        public Timeline createTimeline() {
            return processes.createTimeline();
        }

        @Override
        public void killFromOutside(NodeHandle node) {
            processes.killFromOutside(node);
        }

        /**
         * Their slots last whole seconds, and nobody slows their links down. With fewer leaders there are fewer forks: a
         * blob whose block was orphaned never gets into another. A node alone wins few slots where the coefficient is
         * high, as the lottery has but two terms of its series.
         */
        @Override
        public TopologySpec adapted(TopologySpec topology) {
            var consensus = topology.consensus();
            return new TopologySpec(
                    topology.validators(),
                    topology.executors(),
                    topology.layout(),
                    new ConsensusParameters(
                            Duration.ofSeconds(1),
                            topology.executors() > 0 || topology.validators() == 1
                                    ? new BigDecimal("0.5")
                                    : consensus.activeSlotCoefficient(),
                            consensus.securityParameter()),
                    topology.wallets(),
                    LinkSpec.DEFAULT,
                    topology.clockSkews(),
                    topology.stake(),
                    topology.overlay(),
                    topology.urls());
        }

        @Override
        public boolean runsDevNodes() {
            return false;
        }
    }

    @Nested
    class Deploys extends DeployerContractTests {
        Deploys() {
            super(new RealNodes());
        }
    }

    @Nested
    class ControlsNodes extends NodeControlContractTests {
        ControlsNodes() {
            super(new RealNodes());
        }
    }

    @Nested
    class KeepsBlobs extends AvailabilityContractTests {
        KeepsBlobs() {
            super(new RealNodes());
        }
    }

    @Nested
    class CleansUp extends CleanupContractTests {
        CleansUp() {
            super(new RealNodes());
        }
    }

    @Nested
    class LivesOn extends NodeLifeContractTests {
        LivesOn() {
            super(new RealNodes());
        }
    }

    @Nested
    class KeepsAPool extends PoolContractTests {
        KeepsAPool() {
            super(new RealNodes());
        }
    }
}
