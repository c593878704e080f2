package org.junitnomos.k8s;

import org.junitnomos.deploy.DeployBenchmark;
import org.junitnomos.deploy.Deployer;
import org.junitnomos.deploy.session.Session;

/** Five nodes as pods; they are removed once their namespace is gone. */
public class KubernetesDeployBenchmark extends DeployBenchmark {
    private final TestCluster cluster = TestCluster.get();

    /** Create it. */
    public KubernetesDeployBenchmark() {
        super(5);
    }

    @Override
    protected Deployer deployer() {
        return new KubernetesDeployer(cluster::settings, Session.ofThisJvm());
    }
}
