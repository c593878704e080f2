package org.junitnomos.devnode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
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

    private static void assertHeaders(ApiResponse response, String... others) {
        SortedMap<String, List<String>> expected = new TreeMap<>();
        expected.put("access-control-allow-origin", List.of("*"));
        expected.put("vary", List.of("origin, access-control-request-method, access-control-request-headers"));
        for (int i = 0; i < others.length; i += 2) {
            expected.put(others[i], List.of(others[i + 1]));
        }
        assertThat(response.headers()).isEqualTo(expected);
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

    @Test
    void tellsWhichMethodsAPathTakes() {
        assertHeaders(node.request("GET", "/nothing", ""), "content-length", "0");
        assertHeaders(node.request("POST", "/cryptarchia/info", "{}"), "content-length", "0", "allow", "GET,HEAD");
        assertHeaders(node.request("GET", "/mempool/add/tx", ""), "content-length", "0", "allow", "POST");
        assertHeaders(node.request("PUT", "/test/dev/clock", ""), "content-length", "0", "allow", "GET,HEAD,POST");
    }

    @Test
    void letsBrowsersReadAllAnswers() {
        assertHeaders(
                node.request("POST", "/mantle/status", "[]"),
                "content-length",
                "2",
                "content-type",
                "application/json");
        assertHeaders(
                node.request("POST", "/mantle/status", "7"),
                "content-length",
                Integer.toString(node.request("POST", "/mantle/status", "7").body().length),
                "content-type",
                "text/plain; charset=utf-8");
        assertHeaders(node.request("GET", "/cryptarchia/lib-stream", ""), "content-type", "application/x-ndjson");
    }

    @Test
    void tellsMetricsOnTheTestingPort() {
        ApiResponse metrics = node.request("GET", "/metrics", "");

        assertThat(metrics.contentType()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(DevNet.text(metrics))
                .startsWith("# HELP consensus_processed_blocks Blocks applied since the start.\n"
                        + "# TYPE consensus_processed_blocks counter\nconsensus_processed_blocks 0\n")
                .contains("\nnomos_dev_node_height 0\n", "\nnomos_dev_node_tip_slot 0\n")
                .contains("\nnomos_dev_node_lib_height 0\n", "\nnomos_dev_node_mempool_pending 0\n")
                .containsPattern("\nnomos_dev_node_peers \\d\n$");
        assertHeaders(node.request("POST", "/metrics", ""), "content-length", "0", "allow", "GET,HEAD");
    }

    @ParameterizedTest
    @CsvSource({"/cryptarchia/info, 'GET,HEAD'", "/mempool/add/tx, POST", "/nothing,"})
    void answers200ToOptionsOnAnyPath(String path, String allow) {
        ApiResponse response = node.request("OPTIONS", path, "application/json", new byte[11 * 1024 * 1024]);

        assertAnswer(response, 200, "", "");
        List<String> headers = new ArrayList<>(List.of(
                "content-length",
                "0",
                "access-control-allow-methods",
                "*",
                "access-control-allow-headers",
                "content-type,user-agent"));
        if (allow != null) {
            headers.addAll(List.of("allow", allow));
        }
        assertHeaders(response, headers.toArray(String[]::new));
    }

    @Test
    void answersHeadAsGetWithoutTheBody() {
        ApiResponse get = node.request("GET", "/cryptarchia/info", "");
        ApiResponse head = node.request("HEAD", "/cryptarchia/info", "");

        assertAnswer(head, 200, "application/json", "");
        assertThat(head.headers()).isEqualTo(get.headers());
        assertThat(node.request("HEAD", "/cryptarchia/headers?from=xyz", "").status())
                .isEqualTo(400);
        assertThat(node.request("HEAD", "/cryptarchia/lib-stream", "").lines()).isNull();
        assertAnswer(node.request("HEAD", "/mempool/add/tx", ""), 405, "", "");
        assertAnswer(node.request("HEAD", "/nothing", ""), 404, "", "");
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
    @ValueSource(strings = {"[", "[] []", "\"", "nul", "[\"00"})
    void answers400ToMalformedJson(String body) {
        ApiResponse response = node.request("POST", "/mantle/status", body);

        assertThat(response.status()).isEqualTo(400);
        assertThat(DevNet.text(response)).startsWith("Failed to parse the request body as JSON: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "7", "[1,", "[[nul"})
    void looksAtTheTypeBeforeTheSyntaxOfWhatFollows(String body) {
        ApiResponse response = node.request("POST", "/mantle/status", body);

        assertThat(response.status()).isEqualTo(422);
        assertThat(DevNet.text(response)).startsWith("Failed to deserialize the JSON body into the target type: ");
    }

    @Test
    void answers400ToAnEmptyBody() {
        assertText(
                node.request("POST", "/mantle/status", "application/json", new byte[0]),
                400,
                "Failed to parse the request body as JSON: EOF while parsing a value at line 1 column 0");
    }

    @Test
    void answers413ToBodiesAbove10Mebibytes() {
        byte[] body = new byte[10 * 1024 * 1024 + 1];

        assertText(node.request("POST", "/mempool/add/tx", "application/json", body), 413, "length limit exceeded");
        assertText(node.request("GET", "/nothing", "", body), 413, "length limit exceeded");
    }

    @Test
    void answers413ToJsonAbove2Mebibytes() {
        byte[] body = new byte[2 * 1024 * 1024 + 1];
        Arrays.fill(body, (byte) ' ');

        assertText(
                node.request("POST", "/mempool/add/tx", "application/json", body),
                413,
                "Failed to buffer the request body: length limit exceeded");
        assertThat(node.request("POST", "/mempool/add/tx", "", body).status()).isEqualTo(415);
        assertThat(node.request("POST", "/mempool/add/tx", "application/json", Arrays.copyOf(body, body.length - 1))
                        .status())
                .isEqualTo(400);
        assertThat(node.request("GET", "/cryptarchia/info", "", body).status())
                .as("nothing reads the body of this route")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /cryptarchia/lib-stream",
        "GET, /cryptarchia/blocks",
        "GET, /cryptarchia/blocks/stream",
        "GET, /mantle/sdp/declarations"
    })
    void givesSomeRoutesToValidatorsOnly(String method, String path) {
        Member executor = DevNet.create(1, Layout.FULL, genesis, TestConfigs::asExecutor)
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
        Member plain = DevNet.create(1, Layout.FULL, genesis, TestConfigs::withoutExplorer)
                .start()
                .node(0);

        assertThat(plain.request("GET", "/cryptarchia/blocks/stream", "").status())
                .isEqualTo(404);
        assertThat(plain.request("GET", "/cryptarchia/lib-stream", "").status()).isEqualTo(200);
    }

    @Test
    void servesTransfersOnValidatorsOnly() {
        Member executor = DevNet.create(1, Layout.FULL, genesis, TestConfigs::asExecutor)
                .start()
                .node(0);

        assertThat(node.request("POST", "/wallet/transactions/transfer-funds", "{}")
                        .status())
                .isEqualTo(422);
        assertThat(executor.request("POST", "/wallet/transactions/transfer-funds", "{}")
                        .status())
                .isEqualTo(404);
    }
}
