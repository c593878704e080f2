package org.junitnomos.deploy.embedded;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
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
import org.junitnomos.devnode.NodeCore;
import org.junitnomos.devnode.defect.Passing;
import org.junitnomos.devnode.defect.Planting;
import org.junitnomos.time.RealTimeline;
import org.junitnomos.time.Timeline;
import org.junitnomos.time.VirtualTimeline;

/** The contract of backends on the embedded one. */
class EmbeddedDeployerContractTests {
    /** A core that can be made to die. */
    private static final class Mortal extends Passing.Core {
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

    private static final class Embedded implements Backend {
        private final Supplier<Timeline> timelines;
        private final Set<String> doomed = new LinkedHashSet<>();

        Embedded(Supplier<Timeline> timelines) {
            this.timelines = timelines;
        }

        @Override
        public Deployer deployer() {
            return new EmbeddedDeployer((config, store, outbox) ->
                    new Mortal(new Planting(List.of()).create(config, store, outbox), config.name(), doomed));
        }

        @Override
        public Timeline createTimeline() {
            return timelines.get();
        }

        @Override
        public void killFromOutside(NodeHandle node) {
            doomed.add(node.name());
        }

        @Override
        public Duration untilNodesAnswer() {
            return Duration.ofSeconds(1);
        }
    }

    @Nested
    class InVirtualTime {
        @Nested
        class Deploys extends DeployerContractTests {
            Deploys() {
                super(new Embedded(VirtualTimeline::new));
            }
        }

        @Nested
        class ControlsNodes extends NodeControlContractTests {
            ControlsNodes() {
                super(new Embedded(VirtualTimeline::new));
            }
        }

        @Nested
        class MakesFaults extends FaultContractTests {
            MakesFaults() {
                super(new Embedded(VirtualTimeline::new));
            }
        }

        @Nested
        class KeepsBlobs extends AvailabilityContractTests {
            KeepsBlobs() {
                super(new Embedded(VirtualTimeline::new));
            }
        }

        @Nested
        class CleansUp extends CleanupContractTests {
            CleansUp() {
                super(new Embedded(VirtualTimeline::new));
            }
        }

        @Nested
        class ObeysRules extends NodeRulesContractTests {
            ObeysRules() {
                super(new Embedded(VirtualTimeline::new));
            }
        }

        @Nested
        class LivesAsRealNodes extends NodeLifeContractTests {
            LivesAsRealNodes() {
                super(new Embedded(VirtualTimeline::new));
            }
        }

        @Nested
        class KeepsAPool extends PoolContractTests {
            KeepsAPool() {
                super(new Embedded(VirtualTimeline::new));
            }
        }
    }

    @Nested
    class InRealTime {
        @Nested
        class Deploys extends DeployerContractTests {
            Deploys() {
                super(new Embedded(RealTimeline::new));
            }
        }

        @Nested
        class ControlsNodes extends NodeControlContractTests {
            ControlsNodes() {
                super(new Embedded(RealTimeline::new));
            }
        }

        @Nested
        class MakesFaults extends FaultContractTests {
            MakesFaults() {
                super(new Embedded(RealTimeline::new));
            }
        }

        @Nested
        class KeepsBlobs extends AvailabilityContractTests {
            KeepsBlobs() {
                super(new Embedded(RealTimeline::new));
            }
        }

        @Nested
        class CleansUp extends CleanupContractTests {
            CleansUp() {
                super(new Embedded(RealTimeline::new));
            }
        }

        @Nested
        class ObeysRules extends NodeRulesContractTests {
            ObeysRules() {
                super(new Embedded(RealTimeline::new));
            }
        }

        @Nested
        class LivesAsRealNodes extends NodeLifeContractTests {
            LivesAsRealNodes() {
                super(new Embedded(RealTimeline::new));
            }
        }

        @Nested
        class KeepsAPool extends PoolContractTests {
            KeepsAPool() {
                super(new Embedded(RealTimeline::new));
            }
        }
    }
}
