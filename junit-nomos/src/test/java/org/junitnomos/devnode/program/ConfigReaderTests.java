package org.junitnomos.devnode.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junitnomos.topology.NodeRule;

class ConfigReaderTests {
    private static final Path BASE = Path.of("base").toAbsolutePath();
    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
    private static final String RIGHT =
            ChildNode.config("validator-0", 0, List.of("validator-1", "b=10.0.0.7:3000"), TestBlocks.GENESIS, START);

    @Test
    void readsAConfiguration() throws ConfigException {
        ProgramConfig config = ConfigReader.read(RIGHT, BASE);

        assertThat(config.node().name()).isEqualTo("validator-0");
        assertThat(config.node().executor()).isFalse();
        assertThat(config.node().peers()).containsExactly("validator-1", "b");
        assertThat(config.addresses()).containsOnlyKeys("b").containsValue(new PeerAddress("10.0.0.7", 3000));
        assertThat(config.node().genesis()).isEqualTo(TestBlocks.GENESIS.transaction());
        assertThat(config.node().leaderKey()).isEqualTo(TestBlocks.GENESIS.leader(0));
        assertThat(config.node().walletKeys())
                .containsExactly(TestBlocks.GENESIS.leader(0).toPublicKey());
        assertThat(config.node().slotNanos()).isEqualTo(200_000_000L);
        assertThat(config.node().activeSlotCoefficient()).isEqualTo("0.9");
        assertThat(config.node().link().latencyNanos()).isEqualTo(2_000_000L);
        assertThat(config.node().blockExplorer()).isTrue();
        assertThat(config.chainStart()).isEqualTo(START);
        assertThat(config.listen()).isEqualTo(new ProgramConfig.Listen("127.0.0.1", 0, 0, null, 0));
        assertThat(config.directory()).isEqualTo(BASE.resolve("data"));
        assertThat(config.portsFile()).isEqualTo(BASE.resolve("ports.json"));
        assertThat(config.exitWhenStdinCloses()).isTrue();
        assertThat(config.forceToDisk()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        role: validator        | role: king             | The key 'role' is 'king', expected 'validator' or 'executor'.
        slot_duration_ms: 200  | slot_duration_ms: 0    | The key 'slot_duration_ms' is 0, expected a whole number from 1 to 86400000.
        slot_duration_ms: 200  | slot: 200              | The key 'slot_duration_ms' is missing, expected a whole number from 1 to 86400000.
        seed: 0                | sed: 0                 | The key 'sed' is unknown, expected one of
        latency_us: 2000       | latency: 2000          | The key 'link.latency' is unknown, expected one of [latency_us, jitter_us, loss_per_mille, bytes_per_second].
        latency_us: 2000       | latency_us: -1         | The key 'link.latency_us' is -1, expected a whole number from 0 to 3600000000.
        "0.9"                  | "1.1"                  | The key 'active_slot_coefficient' is '1.1', expected a number from 0.00001 to below 1.
        "0.9"                  | "1e-999999999"         | The key 'active_slot_coefficient' is '1e-999999999', expected a number from 0.00001 to below 1.
        2026-01-31T12:00:00Z   | yesterday              | The key 'chain_start' is 'yesterday', expected a time such as 2026-01-31T12:00:00Z, from 1970 to 2199.
        2026-01-31T12:00:00Z   | +999999999-01-01T00:00:00Z | The key 'chain_start' is '+999999999-01-01T00:00:00Z', expected a time
        b=10.0.0.7:3000        | b=10.0.0.7             | The key 'peers' is [validator-1, b=10.0.0.7], expected a list of names or name=host:port.
        b=10.0.0.7:3000        | validator-0            | The key 'peers' or 'name' is wrong: The peers of node 'validator-0' are
        leader_key: "          | leader_key: "x         | The key 'leader_key' is wrong, expected a secret key of 64 hexadecimal digits.
        closes: true           | closes: 1              | The key 'exit_when_stdin_closes' is 1, expected true or false.
        ledger_tx_proof        | ledger_proof           | The key 'genesis' is no transaction:
        role: validator        | "role: [\"             | The configuration is no YAML:
        role: validator        | role: {a: b}           | The key 'role' is a mapping, expected 'validator' or 'executor'.
        role: validator        | role: &a [*a]          | The key 'role' is a list, expected 'validator' or 'executor'.
        directory: data        |  directory: "\\0"     | The key 'directory' is
        latency_us: 2000       | ? [a] : 1              | The key [a] in 'link' is no text, expected one of [latency_us
        """)
    void namesTheKeyThatIsWrong(String part, String wrong, String message) {
        assertThat(RIGHT).contains(part);

        assertThatThrownBy(() -> ConfigReader.read(RIGHT.replace(part, wrong), BASE))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void readsRulesThatTheNodeDoesNotObey() throws ConfigException {
        assertThat(ConfigReader.read(RIGHT, BASE).node().withoutRules()).containsExactly(NodeRule.SILENT_EPOCHS);
        assertThat(ConfigReader.read(RIGHT.replace("without_rules: [silent-epochs]", ""), BASE)
                        .node()
                        .withoutRules())
                .isEmpty();
        assertThatThrownBy(() -> ConfigReader.read(RIGHT.replace("silent-epochs", "gravity"), BASE))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "The key 'without_rules' is [gravity], expected a list of block-size, silent-epochs, restart.");
    }

    @Test
    void refusesAKeyGivenTwice() {
        assertThatThrownBy(() -> ConfigReader.read(RIGHT + "name: other\n", BASE))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("duplicate key name");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        Path file = BASE.resolve("missing.yaml");

        assertThatThrownBy(() -> ConfigReader.read(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("Cannot read the configuration " + file);
    }
}
