package org.junitnomos.deploy.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.container.NodeNetwork.Purpose;

/** What is asked of an engine about a network, and what becomes of its answers, on an engine that is none. */
class NodeNetworkTests {
    private AnsweringEngine engine;

    @BeforeEach
    void connect(@TempDir Path directory) throws IOException {
        engine = new AnsweringEngine(directory);
    }

    @AfterEach
    void disconnect() {
        engine.close();
    }

    private NodeNetwork network() {
        engine.answer("POST /networks/create", 201, "{\"Id\":\"n1\"}");
        return NodeNetwork.create(Purpose.CONTROL, engine.connected, engine.scope(), Subnets.parse(Subnets.USUAL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "invalid pool request: Pool overlaps with other one on this address space",
                "cannot create network 5a (br-5a): conflicts with network 71 (br-71): networks have overlapping IPv4",
                "failed to allocate gateway (10.213.0.1): Address already in use",
                "subnet 10.213.0.0/24 is already used on the host or by another config"
            })
    void aNetworkWhoseAddressesAreTakenIsCreatedAtTheNext(String refusal) {
        engine.answer("POST /networks/create", 201, "{\"Id\":\"n1\"}");
        engine.answerOnce("POST /networks/create", 403, "{\"message\":\"" + refusal + "\"}");
        var subnets = Subnets.parse("10.213.0.0/23").beginningWith(0);

        var network = NodeNetwork.create(Purpose.DATA, engine.connected, engine.scope(), subnets);

        assertThat(network.admit("validator-0")).isEqualTo("10.213.1.2");
        assertThat(engine.asked).endsWith("POST /networks/create", "POST /networks/create");
    }

    @Test
    void aNetworkThatTheEngineRefusesForAnotherReasonIsNotTriedElsewhere() {
        engine.answer("POST /networks/create", 403, "{\"message\":\"plugin \\\"bridge\\\" not found\"}");
        var subnets = Subnets.parse("10.213.0.0/23");

        assertThatExceptionOfType(DeploymentException.class)
                .isThrownBy(() -> NodeNetwork.create(Purpose.DATA, engine.connected, engine.scope(), subnets))
                .withMessageContaining("plugin \"bridge\" not found");

        assertThat(engine.asked).containsOnlyOnce("POST /networks/create");
    }

    @Test
    void aNetworkOfNobodyElseIsRemovedWithOneQuestion() {
        engine.answer("DELETE /networks/n1", 204, "");
        var network = network();
        engine.asked.clear();

        network.remove();

        assertThat(engine.asked).containsExactly("DELETE /networks/n1");
        assertThat(engine.session.endIfUnused()).isTrue();
    }

    @Test
    void whoKeepsANetworkIsTakenOffIt() {
        engine.answer("DELETE /networks/n1", 403, "{\"message\":\"network n1 has active endpoints\"}");
        engine.answer("GET /networks/n1", 200, "{\"Containers\":{\"c9\":{\"Name\":\"yours\"}}}");
        engine.answer("POST /networks/n1/disconnect", 200, "");
        var network = network();
        engine.asked.clear();

        network.remove();

        assertThat(engine.asked)
                .containsExactly(
                        "DELETE /networks/n1",
                        "GET /networks/n1",
                        "POST /networks/n1/disconnect",
                        "DELETE /networks/n1");
    }
}
