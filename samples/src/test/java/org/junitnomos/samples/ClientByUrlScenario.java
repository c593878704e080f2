package org.junitnomos.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junitnomos.client.NodeClients;
import org.junitnomos.client.NodeEndpoint;
import org.junitnomos.jupiter.FromNode;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.Topology;

/** Asks a node of which nothing is known but its URL. */
@Topology(validators = 2, slot = "200ms", urls = true)
@RunFor("2s")
class ClientByUrlScenario {

    @Test
    void asksANodeThatIsThere(@FromNode("validator-1") URI url) {
        // tag::client[]
        try (var clients = NodeClients.overHttp()) {
            var node = clients.client(new NodeEndpoint("staging", url, null)); // name, URL, no testing port

            assertThat(node.cryptarchiaInfo().mode()).isIn("Bootstrapping", "Online");
            assertThat(node.networkInfo().peers()).isEqualTo(1);
        }
        // end::client[]
    }
}
