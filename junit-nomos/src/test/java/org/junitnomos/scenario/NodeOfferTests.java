package org.junitnomos.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.client.NodeApiException.Kind;
import org.junitnomos.deploy.NodeHandle;

class NodeOfferTests {
    private static final NodeHandle EXECUTOR = (NodeHandle) Proxy.newProxyInstance(
            NodeHandle.class.getClassLoader(), new Class<?>[] {NodeHandle.class}, (proxy, method, arguments) -> {
                assertThat(method.getName()).isEqualTo("name");
                return "executor-0";
            });

    private static String refusal(Kind kind, int status, String body) {
        return NodeOffer.refusal(
                EXECUTOR, new NodeApiException("POST /x failed", "executor-0", kind, status, "it failed", body, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"deadline has elapsed", "Item already in mempool", "planted", "Failed: no members, try again"})
    void aRefusalInAFewWordsIsTold(String body) {
        String told = "refused by executor-0 with status 500: " + body;
        assertThat(refusal(Kind.STATUS, 500, body)).isEqualTo(told);
        assertThat(refusal(Kind.STATUS, 500, body + ".\n")).isEqualTo(told);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Failed to get range of f24e6f8aee45cadaeae383dbbafe0e1c09488bd77f0f1d705fae2cb841f1f506",
                "invalid type: map, expected a string at line 1 column 0",
                "abcdefabcdefabcdefabcdefabcdef",
                "<html><body>Bad Gateway</body></html>",
                "one two three four five six seven eight nine ten eleven twelve thirteen"
            })
    void ofOneThatMayHoldIdsOnlyTheStatusIsTold(String body) {
        assertThat(refusal(Kind.STATUS, 500, body)).isEqualTo("refused by executor-0 with status 500");
    }

    @Test
    void whoDidNotAnswerDidNotRefuse() {
        assertThat(refusal(Kind.UNREACHABLE, 0, "")).isEqualTo("executor-0 did not answer");
        assertThat(refusal(Kind.CLOSED, 0, "")).isEqualTo("the load was stopped before executor-0 answered");
    }
}
