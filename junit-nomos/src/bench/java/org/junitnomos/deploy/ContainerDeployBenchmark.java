package org.junitnomos.deploy;

import org.junitnomos.deploy.container.ContainerDeployer;

/** Ten nodes in containers, with the image built. */
public class ContainerDeployBenchmark extends DeployBenchmark {
    /** Create it. */
    public ContainerDeployBenchmark() {
        super(10);
    }

    @Override
    protected Deployer deployer() {
        return new ContainerDeployer();
    }
}
