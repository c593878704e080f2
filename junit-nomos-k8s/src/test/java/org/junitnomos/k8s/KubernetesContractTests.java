package org.junitnomos.k8s;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junitnomos.deploy.AvailabilityContractTests;
import org.junitnomos.deploy.Backend;
import org.junitnomos.deploy.CleanupContractTests;
import org.junitnomos.deploy.Deployer;
import org.junitnomos.deploy.DeployerContractTests;
import org.junitnomos.deploy.FaultContractTests;
import org.junitnomos.deploy.NodeControlContractTests;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.deploy.NodeLifeContractTests;
import org.junitnomos.deploy.NodeRulesContractTests;
import org.junitnomos.deploy.PoolContractTests;
import org.junitnomos.deploy.session.Session;
import org.junitnomos.time.RealTimeline;
import org.junitnomos.time.Timeline;

/** The contract of backends on pods of a real cluster, for a user with no more than the documented ClusterRole. */
@NeedsCluster
class KubernetesContractTests {
    private static final class Pods implements Backend {
        private final TestCluster cluster = TestCluster.get();

        @Override
        public Deployer deployer() {
            return new KubernetesDeployer(cluster::settings, Session.ofThisJvm());
        }

        @Override
        public Timeline createTimeline() {
            return new RealTimeline();
        }

        @Override
        public void killFromOutside(NodeHandle node) {
            try {
                PodExec.signal(cluster.pod(node.name()), "KILL");
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public Duration untilNodesAnswer() {
            return Duration.ofSeconds(8);
        }
    }

    @Nested
    class Deploys extends DeployerContractTests {
        Deploys() {
            super(new Pods());
        }
    }

    @Nested
    class ControlsNodes extends NodeControlContractTests {
        ControlsNodes() {
            super(new Pods());
        }
    }

    @Nested
    class MakesFaults extends FaultContractTests {
        MakesFaults() {
            super(new Pods());
        }
    }

    @Nested
    class KeepsBlobs extends AvailabilityContractTests {
        KeepsBlobs() {
            super(new Pods());
        }
    }

    @Nested
    class CleansUp extends CleanupContractTests {
        CleansUp() {
            super(new Pods());
        }
    }

    @Nested
    class ObeysRules extends NodeRulesContractTests {
        ObeysRules() {
            super(new Pods());
        }
    }

    @Nested
    class LivesAsRealNodes extends NodeLifeContractTests {
        LivesAsRealNodes() {
            super(new Pods());
        }
    }

    @Nested
    class KeepsAPool extends PoolContractTests {
        KeepsAPool() {
            super(new Pods());
        }
    }
}
