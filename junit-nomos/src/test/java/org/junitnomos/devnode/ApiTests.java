package org.junitnomos.devnode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitnomos.devnode.DevNet.Layout;
import org.junitnomos.devnode.DevNet.Member;

class ApiTests {
    private final TestGenesis genesis = new TestGenesis(2, 3);
    private final Member node =
            DevNet.create(2, Layout.FULL, genesis, config -> config).start().node(0);

    private static void assertAnswer(ApiResponse response, int status, String contentType, String body) {
        assertThat(DevNet.text(response)).isEqualTo(body);
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.contentType()).isEqualTo(contentType);
    }

    private static void assertText(ApiResponse response, int status, String body) {
        assertAnswer(response, status, "text/plain; charset=utf-8", body);
    }

    @Test
    void answers404ToUnknownPathsAnd405ToWrongMethods() {
        assertAnswer(node.request("GET", "/nothing", ""), 404, "", "");
        assertAnswer(node.request("GET", "/cryptarchia/info/", ""), 404, "", "");
        assertAnswer(node.request("POST", "/cryptarchia/info", "{}"), 405, "", "");
        assertAnswer(node.request("GET", "/mempool/add/tx", ""), 405, "", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text/plain", "application/jsonp"})
    void answers415ToOtherContentTypes(String type) {
        assertText(
                node.request("POST", "/mempool/add/tx", type, new byte[] {'{', '}'}),
                415,
                "Expected request with `Content-Type: application/json`");
    }

    @Test
    void takesParametersOfTheContentType() {
        byte[] body = "[]".getBytes(StandardCharsets.UTF_8);

        assertAnswer(
                node.request("POST", "/mantle/status", "Application/JSON; charset=utf-8", body),
                200,
                "application/json",
                "[]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[1,", "[] []", "\"", "nul"})
    void answers400ToMalformedJson(String body) {
        ApiResponse response = node.request("POST", "/mantle/status", body);

        assertThat(response.status()).isEqualTo(400);
        assertThat(DevNet.text(response)).startsWith("Failed to parse the request body as JSON: ");
    }

    @Test
    void answers400ToAnEmptyBody() {
        assertText(
                node.request("POST", "/mantle/status", "application/json", new byte[0]),
                400,
                "Failed to parse the request body as JSON: EOF while parsing a value");
    }

    @Test
    void answers413ToBodiesAbove10Mebibytes() {
        byte[] body = new byte[10 * 1024 * 1024 + 1];

        assertText(node.request("POST", "/mempool/add/tx", "application/json", body), 413, "length limit exceeded");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /cryptarchia/lib-stream",
        "GET, /cryptarchia/blocks",
        "GET, /cryptarchia/blocks/stream",
        "GET, /mantle/sdp/declarations"
    })
    void givesSomeRoutesToValidatorsOnly(String method, String path) {
        Member executor = DevNet.create(1, Layout.FULL, genesis, DevNet::asExecutor)
                .start()
                .node(0);

        assertThat(executor.request(method, path, "").status()).isEqualTo(404);
        assertThat(executor.request("GET", "/wallet/" + genesis.walletKeys().get(0) + "/balance", "")
                        .status())
                .isEqualTo(404);
        assertThat(executor.request("GET", "/cryptarchia/info", "").status()).isEqualTo(200);
    }

    @Test
    void hasNoExplorerRoutesUnlessAsked() {
        Member plain = DevNet.create(1, Layout.FULL, genesis, DevNet::withoutExplorer)
                .start()
                .node(0);

        assertThat(plain.request("GET", "/cryptarchia/blocks/stream", "").status())
                .isEqualTo(404);
        assertThat(plain.request("GET", "/cryptarchia/lib-stream", "").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/disperse-data", "/wallet/transactions/transfer-funds"})
    void answers404WhereItServesNothingYet(String path) {
        assertThat(node.request("POST", path, "{}").status()).isEqualTo(404);
    }
}
