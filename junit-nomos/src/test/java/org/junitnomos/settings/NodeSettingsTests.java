package org.junitnomos.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Names of the settings of real nodes, whatever backends there are. */
class NodeSettingsTests {
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Map<String, String> properties = new LinkedHashMap<>();

    private RunSettings read() {
        return RunSettings.read(name -> Optional.empty(), environment, properties);
    }

    @Test
    void areKnown() {
        for (var name : List.of("nomos.nodes", "nomos.node.bin", "nomos.executor.bin", "nomos.circuits")) {
            properties.put(name, "x");
        }
        environment.put("NOMOS_KZGRS_PARAMS_PATH", "/x");
        environment.put("NOMOS_NODE_BIN", "/x");

        assertThat(read()).isEqualTo(RunSettings.defaults());
    }

    @Test
    void areRefusedIfMisspelled() {
        properties.put("nomos.node.bim", "/x");
        environment.put("NOMOS_EXECUTER_BIN", "/x");

        assertThatThrownBy(this::read)
                .hasMessage(
                        "Setting 'nomos.node.bim' (system property) is not known. Did you mean 'nomos.node.bin'?\n"
                                + "Setting 'NOMOS_EXECUTER_BIN' (environment) is not known. Did you mean 'NOMOS_EXECUTOR_BIN'?");
    }

    @Test
    void variablesOfOtherProgramsThatBeginAlikeAreTheirs() {
        environment.put("NOMOS_NODE_REV", "3f623e0c9");
        environment.put("NOMOS_EXECUTOR_PORT", "1");

        assertThat(read()).isEqualTo(RunSettings.defaults());
    }

    @Test
    void areRefusedInAFileThatIsNotRead() {
        assertThatThrownBy(
                        () -> RunSettings.requireKnown(List.of("nomos.nodes"), "junit-platform.properties", List.of()))
                .hasMessage("Setting 'nomos.nodes' (junit-platform.properties) belongs to a backend, which reads system"
                        + " properties and environment variables only. Set it by -Dnomos.nodes=… or NOMOS_NODES=….");
    }
}
