package org.junitnomos.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
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
import org.junitnomos.time.RealTimeline;
import org.junitnomos.time.Timeline;

/** The contract of backends on processes. */
class ProcessContractTests {
    static final class Processes implements Backend {
        @Override
        public Deployer deployer() {
            return new ProcessDeployer();
        }

        @Override
        public Timeline createTimeline() {
            return new RealTimeline();
        }

        @Override
        public void killFromOutside(NodeHandle node) {
            var directory = "nodes/" + node.name();
            assertThat(ProcessHandle.current().descendants().filter(process -> isOf(directory, process)))
                    .isNotEmpty()
                    .allMatch(ProcessHandle::destroyForcibly);
        }

        /** A command line of more than a page is not told. */
        private static boolean isOf(String directory, ProcessHandle process) {
            if (process.info().commandLine().orElse("").contains(directory)) {
                return true;
            }
            try {
                return Path.of("/proc/" + process.pid() + "/cwd").toRealPath().endsWith(directory);
            } catch (IOException e) {
                return false; // it has ended, or this is no Linux
            }
        }
    }

    @Nested
    class Deploys extends DeployerContractTests {
        Deploys() {
            super(new Processes());
        }
    }

    @Nested
    class ControlsNodes extends NodeControlContractTests {
        ControlsNodes() {
            super(new Processes());
        }
    }

    @Nested
    class MakesFaults extends FaultContractTests {
        MakesFaults() {
            super(new Processes());
        }
    }

    @Nested
    class KeepsBlobs extends AvailabilityContractTests {
        KeepsBlobs() {
            super(new Processes());
        }
    }

    @Nested
    class CleansUp extends CleanupContractTests {
        CleansUp() {
            super(new Processes());
        }
    }

    @Nested
    class ObeysRules extends NodeRulesContractTests {
        ObeysRules() {
            super(new Processes());
        }
    }

    @Nested
    class LivesAsRealNodes extends NodeLifeContractTests {
        LivesAsRealNodes() {
            super(new Processes());
        }
    }

    @Nested
    class KeepsAPool extends PoolContractTests {
        KeepsAPool() {
            super(new Processes());
        }
    }
}
