package org.junitnomos.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RustVariablesTests {
    @Test
    void namesEachThatIsSetAndWhatDoesTheSame() {
        assertThat(RustVariables.notices(Map.of(
                        "NOMOS_NODE_PATH", "/opt/nomos-node",
                        "NOMOS_DISPERSAL_TIMEOUT_SECS", "40",
                        "K8S_RUNNER_NODE_HOST", "10.0.0.1",
                        "NOMOS_GRAFANA_URL", " ",
                        "PATH", "/bin")))
                .containsExactly(
                        "Variable K8S_RUNNER_NODE_HOST of the Rust testing framework does nothing here: set"
                                + " nomos.kubernetes.node-host.",
                        "Variable NOMOS_DISPERSAL_TIMEOUT_SECS of the Rust testing framework does nothing here: the"
                                + " setting nomos.node.overlay changes what the configuration of real nodes says.",
                        "Variable NOMOS_NODE_PATH of the Rust testing framework does nothing here: set NOMOS_NODE_BIN"
                                + " and NOMOS_EXECUTOR_BIN to programs that are built.");
    }

    @Test
    void knowsTheirNamesOfToday() {
        assertThat(RustVariables.notices(Map.of(
                        "LOGOS_BLOCKCHAIN_LOG_LEVEL", "debug",
                        "LOGOS_BLOCKCHAIN_LOG_FILTER", "chain=debug",
                        "LOGOS_BLOCKCHAIN_NODE_BIN", "/opt/nomos-node",
                        "LOGOS_BLOCKCHAIN_SOMETHING", "1")))
                .containsExactly(
                        "Variable LOGOS_BLOCKCHAIN_LOG_FILTER of the Rust testing framework does nothing here: set"
                                + " NOMOS_LOG_LEVEL, for all of a node.",
                        "Variable LOGOS_BLOCKCHAIN_LOG_LEVEL of the Rust testing framework does nothing here: set"
                                + " NOMOS_LOG_LEVEL.",
                        "Variable LOGOS_BLOCKCHAIN_NODE_BIN of the Rust testing framework does nothing here: set"
                                + " NOMOS_NODE_BIN.");
    }

    @Test
    void saysNothingOfThoseThatMeanSomething() {
        for (String variable : SettingNames.ofRustFramework()) {
            assertThat(RustVariables.notices(Map.of(variable, "1"))).isEmpty();
            assertThat(RustVariables.names()).doesNotContain(variable);
        }
    }
}
