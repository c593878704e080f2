package org.junitnomos.deploy.process;

import org.junitnomos.deploy.Deployer;
import org.junitnomos.deploy.DeployerContractTests;
import org.junitnomos.internal.RealTimeline;
import org.junitnomos.internal.Timeline;

/** The contract of deployers on the process backend. */
class ProcessContractTests extends DeployerContractTests {
    @Override
    protected Deployer deployer() {
        return new ProcessDeployer();
    }

    @Override
    protected Timeline createTimeline() {
        return new RealTimeline();
    }
}
