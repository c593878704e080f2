package org.junitnomos.deploy.container;

import com.github.dockerjava.api.DockerClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
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
import org.junitnomos.deploy.session.Entry;
import org.junitnomos.deploy.session.Session;
import org.junitnomos.testkit.NeedsDocker;
import org.junitnomos.time.RealTimeline;
import org.junitnomos.time.Timeline;

/** The contract of backends on containers of a real engine. */
@NeedsDocker
class ContainerContractTests {
    private static final class Containers implements Backend {
        @Override
        public Deployer deployer() {
            return new ContainerDeployer();
        }

        @Override
        public Timeline createTimeline() {
            return new RealTimeline();
        }

        @Override
        public void killFromOutside(NodeHandle node) {
            try (DockerClient client = Engines.connect(Engine.find())) {
                var running = client
                        .listContainersCmd()
                        .withLabelFilter(Set.of(
                                Entry.SESSION_LABEL + "=" + Session.ofThisJvm().id()))
                        .exec()
                        .stream()
                        .filter(container -> container.getNames()[0].startsWith("/nomos-" + node.name() + "-"))
                        .toList();
                for (var container : running) {
                    client.killContainerCmd(container.getId()).exec();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Nested
    class Deploys extends DeployerContractTests {
        Deploys() {
            super(new Containers());
        }
    }

    @Nested
    class ControlsNodes extends NodeControlContractTests {
        ControlsNodes() {
            super(new Containers());
        }
    }

    @Nested
    class MakesFaults extends FaultContractTests {
        MakesFaults() {
            super(new Containers());
        }
    }

    @Nested
    class KeepsBlobs extends AvailabilityContractTests {
        KeepsBlobs() {
            super(new Containers());
        }
    }

    @Nested
    class CleansUp extends CleanupContractTests {
        CleansUp() {
            super(new Containers());
        }
    }

    @Nested
    class ObeysRules extends NodeRulesContractTests {
        ObeysRules() {
            super(new Containers());
        }
    }

    @Nested
    class LivesAsRealNodes extends NodeLifeContractTests {
        LivesAsRealNodes() {
            super(new Containers());
        }
    }

    @Nested
    class KeepsAPool extends PoolContractTests {
        KeepsAPool() {
            super(new Containers());
        }
    }
}
