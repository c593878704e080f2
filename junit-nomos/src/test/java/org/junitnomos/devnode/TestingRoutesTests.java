package org.junitnomos.devnode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junitnomos.devnode.DevNet.Layout;
import org.junitnomos.devnode.DevNet.Member;

class TestingRoutesTests {
    private final DevNet net = DevNet.create(3, Layout.STAR, new TestGenesis(3, 1), config -> config)
            .start();
    private final Member hub = net.node(0);

    private static String link(String peer, boolean up, boolean connected, int latency, int jitter, int loss) {
        return "{\"peer\":\"" + peer + "\",\"up\":" + up + ",\"connected\":" + connected + ",\"latency_us\":" + latency
                + ",\"jitter_us\":" + jitter + ",\"loss_per_mille\":" + loss + ",\"bytes_per_second\":0}";
    }

    @Test
    void showsLinksInTheOrderOfThePeers() {
        net.run(DevNet.SECOND);

        assertThat(hub.get("/test/dev/links"))
                .isEqualTo("[" + link("node-1", true, true, 20000, 10000, 0) + ","
                        + link("node-2", true, true, 20000, 10000, 0) + "]");
    }

    @Test
    void changesOnlyTheNamedLinksAndFields() {
        net.run(DevNet.SECOND);

        String after = hub.post(
                "/test/dev/links",
                "[{\"peer\":\"node-2\",\"up\":false,\"latency_us\":5,\"jitter_us\":0,\"loss_per_mille\":7}]");

        assertThat(after)
                .isEqualTo("[" + link("node-1", true, true, 20000, 10000, 0) + ","
                        + link("node-2", false, false, 5, 0, 7) + "]");
        assertThat(hub.post("/test/dev/links", "[{\"peer\":\"node-2\",\"loss_per_mille\":0}]"))
                .contains(link("node-2", false, false, 5, 0, 0));
    }

    @Test
    void connectsAgainAfterOneRoundTrip() {
        net.run(DevNet.SECOND);
        net.cut(0, 1, false);
        net.run(10 * DevNet.SECOND);
        net.cut(0, 1, true);
        assertThat(hub.get("/test/dev/links")).contains("\"peer\":\"node-1\",\"up\":true,\"connected\":false");

        net.run(100 * DevNet.MILLI);

        assertThat(hub.get("/test/dev/links")).contains("\"peer\":\"node-1\",\"up\":true,\"connected\":true");
        assertThat(net.node(1).get("/test/dev/links")).contains("\"up\":true,\"connected\":true");
    }

    @Test
    void refusesUnknownPeersAndChangesNothing() {
        ApiResponse response = hub.request(
                "POST", "/test/dev/links", "[{\"peer\":\"node-1\",\"up\":false},{\"peer\":\"node-9\",\"up\":false}]");

        assertThat(response.status()).isEqualTo(404);
        assertThat(DevNet.text(response))
                .isEqualTo("No link to 'node-9'; the peers of this node are [node-1, node-2].");
        assertThat(hub.get("/test/dev/links")).doesNotContain("\"up\":false");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|expected a list of links but was OBJECT",
                "[{\"peer\":1}]|peer: expected the name of a peer but was 1",
                "[{\"peer\":\"node-1\",\"up\":1}]|up: expected true or false but was 1",
                "[{\"peer\":\"node-1\",\"loss_per_mille\":1001}]|"
                        + "loss_per_mille: expected a whole number from 0 to 1000 but was 1001",
                "[{\"peer\":\"node-1\",\"latency_us\":-1}]|"
                        + "latency_us: expected a whole number from 0 to 3600000000 but was -1",
                "[{\"peer\":\"node-1\",\"jitter_us\":1.5}]|"
                        + "jitter_us: expected a whole number from 0 to 3600000000 but was 1.5"
            })
    void namesTheBadValueOfALink(String body, String problem) {
        ApiResponse response = hub.request("POST", "/test/dev/links", body);

        assertThat(DevNet.text(response))
                .isEqualTo("Failed to deserialize the JSON body into the target type: " + problem);
        assertThat(response.status()).isEqualTo(422);
    }

    @Test
    void addsAndRemovesPeers() {
        net.run(DevNet.SECOND);
        assertThat(hub.request("DELETE", "/test/dev/peers/node-2", "").status()).isEqualTo(200);
        assertThat(hub.get("/test/dev/peers")).isEqualTo("[{\"peer\":\"node-1\"}]");
        assertThat(hub.get("/test/dev/links")).isEqualTo("[" + link("node-1", true, true, 20000, 10000, 0) + "]");
        assertThat(hub.get("/network/info")).contains("\"n_peers\":1,");

        assertThat(hub.post("/test/dev/peers", "[{\"peer\":\"node-1\"},{\"peer\":\"node-2\"}]"))
                .isEqualTo("[{\"peer\":\"node-1\"},{\"peer\":\"node-2\"}]");
        assertThat(hub.get("/test/dev/links")).contains("\"peer\":\"node-2\",\"up\":true,\"connected\":false");
        net.run(DevNet.SECOND);
        assertThat(hub.get("/test/dev/links")).contains("\"peer\":\"node-2\",\"up\":true,\"connected\":true");
    }

    @Test
    void refusesPeersThatMakeNoSense() {
        assertThat(hub.request("DELETE", "/test/dev/peers/node-9", "").status()).isEqualTo(404);
        for (var body :
                new String[] {"{}", "[{}]", "[{\"peer\":7}]", "[{\"peer\":\" \"}]", "[{\"peer\":\"node-0\"}]"}) {
            assertThat(hub.request("POST", "/test/dev/peers", body).status())
                    .as(body)
                    .isEqualTo(422);
        }
        assertThat(hub.get("/test/dev/peers")).isEqualTo("[{\"peer\":\"node-1\"},{\"peer\":\"node-2\"}]");
    }

    @Test
    void showsAndSetsTheClock() {
        assertThat(hub.get("/test/dev/clock")).isEqualTo("{\"skew_us\":0}");
        assertThat(hub.post("/test/dev/clock", "{\"skew_us\":-1500}")).isEqualTo("{\"skew_us\":-1500}");
        assertThat(hub.get("/test/dev/clock")).isEqualTo("{\"skew_us\":-1500}");
        assertThat(hub.request("POST", "/test/dev/clock", "{}").status()).isEqualTo(422);
        assertThat(hub.request("POST", "/test/dev/clock", "{\"skew_us\":\"1\"}").status())
                .isEqualTo(422);
    }

    @Test
    void knowsNoMembersOfDataAvailability() {
        assertThat(hub.post("/test/da/membership", "0")).isEqualTo("{\"assignations\":{},\"addressbook\":{}}");
        assertThat(hub.request("POST", "/test/da/membership", "\"0\"").status()).isEqualTo(422);
        assertThat(hub.request("POST", "/test/da/membership", "[").status()).isEqualTo(422);
        assertThat(hub.request("POST", "/test/da/membership", "-1").status()).isEqualTo(422);
        assertThat(hub.request("POST", "/test/da/membership", "18446744073709551616")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void showsDeclarations() {
        assertThat(hub.get("/mantle/sdp/declarations")).isEqualTo("[]");
    }
}
