package org.junitnomos.deploy.embedded;

import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junitnomos.deploy.AvailabilityContractTests;
import org.junitnomos.deploy.CleanupContractTests;
import org.junitnomos.deploy.Deployer;
import org.junitnomos.deploy.DeployerContractTests;
import org.junitnomos.deploy.FaultContractTests;
import org.junitnomos.deploy.NodeControlContractTests;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.devnode.DevNode;
import org.junitnomos.devnode.NodeCore;
import org.junitnomos.devnode.planted.CoreWrapper;
import org.junitnomos.internal.RealTimeline;
import org.junitnomos.internal.Timeline;
import org.junitnomos.internal.VirtualTimeline;

/** The contract of backends on the embedded one. */
class EmbeddedDeployerContractTests {
    /** A core that can be made to die. */
    private static final class Mortal extends CoreWrapper {
        private final String name;
        private final Set<String> doomed;

        Mortal(NodeCore core, String name, Set<String> doomed) {
            super(core);
            this.name = name;
            this.doomed = doomed;
        }

        @Override
        public void tick(long now) {
            if (doomed.remove(name)) {
                throw new IllegalStateException("killed from outside");
            }
            super.tick(now);
        }
    }

    private abstract static class Cleanup extends CleanupContractTests {
        private final Set<String> doomed = new LinkedHashSet<>();

        @Override
        protected Deployer deployer() {
            return new EmbeddedDeployer(
                    (config, store, outbox) -> new Mortal(new DevNode(config, store, outbox), config.name(), doomed));
        }

        @Override
        protected void killFromOutside(NodeHandle node) {
            doomed.add(node.name());
        }
    }

    @Nested
    class InVirtualTime {
        @Nested
        class Deploys extends DeployerContractTests {
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
        class ControlsNodes extends NodeControlContractTests {
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
        class MakesFaults extends FaultContractTests {
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
        class KeepsBlobs extends AvailabilityContractTests {
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
        class CleansUp extends Cleanup {
            @Override
            protected Timeline createTimeline() {
                return new VirtualTimeline();
            }
        }
    }

    @Nested
    class InRealTime {
        @Nested
        class Deploys extends DeployerContractTests {
            @Override
            protected Deployer deployer() {
                return new EmbeddedDeployer();
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
                return new EmbeddedDeployer();
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
                return new EmbeddedDeployer();
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
                return new EmbeddedDeployer();
            }

            @Override
            protected Timeline createTimeline() {
                return new RealTimeline();
            }
        }

        @Nested
        class CleansUp extends Cleanup {
            @Override
            protected Timeline createTimeline() {
                return new RealTimeline();
            }
        }
    }
}
