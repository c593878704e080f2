package org.junitnomos.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junitnomos.client.CryptarchiaInfo;
import org.junitnomos.feed.LooseBlocks.Loose;
import org.junitnomos.journal.Broadcast;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.journal.JournalEvent.ContradictionSeen;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.MantleJson;
import org.junitnomos.realnode.RecordedAnswers;

/** All that real nodes answered in a session with transactions, blobs and inscriptions fits. */
class RealNodeAnswersTests {
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Served(HeaderId id, Block block) {}

    private final List<JournalEvent> events = new ArrayList<>();
    private final List<Served> blocks = new ArrayList<>();
    private JsonNode session;
    private FeedState state;

    @BeforeEach
    void readSession() throws IOException {
        session = RecordedAnswers.read("session.json");
        for (JsonNode served : session.get("blocks")) {
            String text = JSON.writeValueAsString(served.get("answer"));
            blocks.add(new Served(
                    HeaderId.fromHex(served.get("id").asText()),
                    MantleJson.decodeBlock(text.getBytes(StandardCharsets.UTF_8))));
        }
        Broadcast<JournalEvent> journal = new Broadcast<>(failure -> {});
        journal.subscribe(events::add);
        state = new FeedState(
                HeaderId.fromHex(session.get("genesis").asText()),
                journal,
                new Broadcast<>(failure -> {}),
                new Broadcast<>(failure -> {}));
        blocks.forEach(each -> state.fetched(new Loose(each.id(), each.block(), "validator-0", 1)));
    }

    @Test
    void blocksFitToTheirIdAndHeader() {
        assertThat(blocks)
                .hasSize(70)
                .allSatisfy(served -> assertThat(BlockCheck.of(
                                served.id(),
                                served.block().header(),
                                served.block().transactions()))
                        .isNull());
        assertThat(blocks)
                .filteredOn(served -> !served.block().transactions().isEmpty())
                .hasSizeGreaterThan(1);
        state.events.deliver();
        assertThat(events).filteredOn(BlockObserved.class::isInstance).hasSize(70);
        assertThat(events).filteredOn(ContradictionSeen.class::isInstance).isEmpty();
    }

    @Test
    void tipsFitToTheBlocks() throws IOException {
        for (JsonNode asked : calls("info")) {
            state.stands(asked.get("node").asText(), info(asked), 2);
        }
        state.events.deliver();

        assertThat(state.view("executor-0")).isNotNull();
        assertThat(events).filteredOn(ContradictionSeen.class::isInstance).isEmpty();
    }

    @Test
    void headersFitToTheTips() throws IOException {
        for (JsonNode asked : calls("headers")) {
            List<HeaderId> headers = new ArrayList<>();
            JSON.readTree(asked.get("answer").asText()).forEach(id -> headers.add(HeaderId.fromHex(id.asText())));
            List<HeaderId> path = state.path(headers.get(0), 512);
            HeaderId lib = headers.get(headers.size() - 1);

            assertThat(NodeAudit.compare(state, "headers", path, headers, lib)).isNull();
            // An answer that ends above the LIB does not fit.
            assertThat(NodeAudit.compare(state, "headers", path, headers.subList(0, 3), lib))
                    .isNotNull();
        }
    }

    @Test
    void aChangedAnswerDoesNotFit() throws IOException {
        CryptarchiaInfo info = info(calls("info").get(calls("info").size() - 1));
        state.stands(
                "validator-0",
                new CryptarchiaInfo(info.lib(), info.tip(), info.slot() + 1, info.height() + 1, info.mode()),
                2);
        state.events.deliver();

        assertThat(events).filteredOn(ContradictionSeen.class::isInstance).hasSize(2);
    }

    private List<JsonNode> calls(String about) {
        List<JsonNode> calls = new ArrayList<>();
        session.get("calls").forEach(call -> {
            if (call.get("case").asText().equals(about)) {
                calls.add(call);
            }
        });
        return calls;
    }

    private static CryptarchiaInfo info(JsonNode call) throws IOException {
        JsonNode answer = JSON.readTree(call.get("answer").asText());
        return new CryptarchiaInfo(
                HeaderId.fromHex(answer.get("lib").asText()),
                HeaderId.fromHex(answer.get("tip").asText()),
                answer.get("slot").asLong(),
                answer.get("height").asLong(),
                answer.get("mode").asText());
    }
}
