package org.junitnomos.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junitnomos.deploy.AvailabilityContractTests;
import org.junitnomos.deploy.CleanupContractTests;
import org.junitnomos.deploy.Deployer;
import org.junitnomos.deploy.DeployerContractTests;
import org.junitnomos.deploy.FaultContractTests;
import org.junitnomos.deploy.NodeControlContractTests;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.internal.RealTimeline;
import org.junitnomos.internal.Timeline;

/** The contract of backends on the process backend. */
class ProcessContractTests {
    @Nested
    class Deploys extends DeployerContractTests {
        @Override
        protected Deployer deployer() {
            return new ProcessDeployer();
        }

        @Override
        protected Timeline createTimeline() {
            return new RealTimeline();
        }
    }

    @Nested
    class ControlsNodes extends NodeControlContractTests {
        @Override
        protected Deployer deployer() {
            return new ProcessDeployer();
        }

        @Override
        protected Timeline createTimeline() {
            return new RealTimeline();
        }
    }

    @Nested
    class MakesFaults extends FaultContractTests {
        @Override
        protected Deployer deployer() {
            return new ProcessDeployer();
        }

        @Override
        protected Timeline createTimeline() {
            return new RealTimeline();
        }
    }

    @Nested
    class KeepsBlobs extends AvailabilityContractTests {
        @Override
        protected Deployer deployer() {
            return new ProcessDeployer();
        }

        @Override
        protected Timeline createTimeline() {
            return new RealTimeline();
        }
    }

    @Nested
    class CleansUp extends CleanupContractTests {
        @Override
        protected Deployer deployer() {
            return new ProcessDeployer();
        }

        @Override
        protected Timeline createTimeline() {
            return new RealTimeline();
        }

        @Override
        protected void killFromOutside(NodeHandle node) {
            var directory = "nodes/" + node.name();
            assertThat(ProcessHandle.current()
                            .descendants()
                            .filter(process ->
                                    process.info().commandLine().orElse("").contains(directory)))
                    .isNotEmpty()
                    .allMatch(ProcessHandle::destroyForcibly);
        }
    }
}
