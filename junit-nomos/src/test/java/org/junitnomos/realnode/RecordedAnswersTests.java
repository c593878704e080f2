package org.junitnomos.realnode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junitnomos.realnode.RecordedAnswers.Answer;
import org.junitnomos.realnode.RecordedAnswers.Call;

/** The comparison sees what it is to see. */
class RecordedAnswersTests {
    private final Map<String, Call> calls = new TreeMap<>();

    @BeforeEach
    void readCalls() throws IOException {
        new RecordedAnswers("0".repeat(64), "1".repeat(64), "2".repeat(64))
                .calls()
                .forEach(call -> calls.put(call.name(), call));
    }

    private List<String> differences(String call, int status, String body) throws IOException {
        Answer recorded = calls.get(call).answer();
        return RecordedAnswers.differences(calls.get(call), new Answer(status, recorded.headers(), body));
    }

    @Test
    void findsNothingInWhatWasRecordedButDeviationsThatAreNotNeeded() throws IOException {
        List<String> found = new ArrayList<>();
        for (Call call : calls.values()) {
            found.addAll(RecordedAnswers.differences(call, call.answer()));
        }

        assertThat(found)
                .filteredOn(each -> !each.startsWith("block tip: .header.proof_of_leadership should have"))
                .hasSize(15)
                .allMatch(each -> each.contains("the deviation is not needed"));
    }

    @Test
    void everyDeviationIsOfACallAndHasAReason() {
        assertThat(calls).containsKeys(Deviation.ALL.keySet().toArray(String[]::new));
        assertThat(Deviation.ALL.values()).extracting(Deviation::reason).noneMatch(String::isBlank);
    }

    @Test
    void seesAnotherStatus() throws IOException {
        assertThat(differences("headers short", 500, "x"))
                .containsExactly("headers short: expected status 400 but was 500: x");
    }

    @Test
    void seesAnotherText() throws IOException {
        String text = "Failed to deserialize query string: odd number of digits";

        assertThat(differences("headers short", 400, text)).hasSize(1);
        assertThat(differences("tx malformed", 400, "Failed to parse the request body as JSON: ours"))
                .isEmpty();
        assertThat(differences("tx malformed", 400, "Cannot parse: ours")).hasSize(1);
    }

    @Test
    void seesMissingAndOtherHeaders() throws IOException {
        Call call = calls.get("method");
        for (String header : List.of("vary", "access-control-allow-origin", "allow")) {
            Map<String, String> headers = new TreeMap<>(call.answer().headers());
            headers.remove(header);
            assertThat(RecordedAnswers.differences(call, new Answer(405, headers, "")))
                    .hasSize(1);
        }
        Map<String, String> more = new TreeMap<>(call.answer().headers());
        more.put("content-type", "text/plain");
        assertThat(RecordedAnswers.differences(call, new Answer(405, more, ""))).hasSize(1);
    }

    @Test
    void seesAnotherShape() throws IOException {
        String id = "\"" + "3".repeat(64) + "\"";
        String info = "{\"lib\":" + id + ",\"tip\":" + id + ",\"slot\":1,\"height\":2,\"mode\":\"Online\"}";

        assertThat(differences("info", 200, info)).isEmpty();
        assertThat(differences("info", 200, info.replace("Online", "Other"))).hasSize(1);
        assertThat(differences("info", 200, info.replace("\"slot\":1", "\"slot\":\"1\"")))
                .hasSize(1);
        assertThat(differences("info", 200, info.replace("\"slot\"", "\"slots\"")))
                .hasSize(1);
        assertThat(differences("info", 200, info.replace("33\"", "3\""))).hasSize(2);
        assertThat(differences("headers", 200, "[]")).hasSize(1);
        assertThat(differences("headers", 200, "[" + id + "]")).isEmpty();
        assertThat(differences("da membership 1", 200, "{\"assignations\":{\"0\":[]},\"addressbook\":{}}"))
                .hasSize(1);
    }
}
