package org.junitnomos.deploy.embedded;

import org.junit.jupiter.api.Nested;
import org.junitnomos.deploy.Deployer;
import org.junitnomos.deploy.DeployerContractTests;
import org.junitnomos.internal.RealTimeline;
import org.junitnomos.internal.Timeline;
import org.junitnomos.internal.VirtualTimeline;

/** The contract of deployers on the embedded backend. */
class EmbeddedDeployerContractTests {

    @Nested
    class InVirtualTime extends DeployerContractTests {
        @Override
        protected Deployer deployer() {
            return new EmbeddedDeployer();
        }

        @Override
        protected Timeline createTimeline() {
            return new VirtualTimeline();
        }
    }

    @Nested
    class InRealTime extends DeployerContractTests {
        @Override
        protected Deployer deployer() {
            return new EmbeddedDeployer();
        }

        @Override
        protected Timeline createTimeline() {
            return new RealTimeline();
        }
    }
}
