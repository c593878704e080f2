package org.junitnomos.devnode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitnomos.defect.DefectGroup;
import org.junitnomos.defect.NodeDefect;
import org.junitnomos.devnode.DevNet.Layout;
import org.junitnomos.devnode.defect.Planting;

/** Every defect of the catalogue changes what a node does, from its moment on and not before. */
class DefectsTests {
    private static final String DEFECTS = "/test/dev/defects";
    private static final Map<String, List<String>> RIGHT = new TreeMap<>();

    /** What a node with a defect says otherwise, where it is answers that show it first. */
    private static final Map<NodeDefect, String> SHOWS = new EnumMap<>(NodeDefect.class);

    static {
        shows(
                " node-1 GET /cryptarchia/info 200",
                NodeDefect.LIB_STANDS_STILL,
                NodeDefect.LIB_GOES_BACK,
                NodeDefect.LIB_IS_THE_TIP,
                NodeDefect.LIB_RUNS_AHEAD,
                NodeDefect.LIB_OF_NO_CHAIN,
                NodeDefect.HEIGHT_OFF_BY_ONE,
                NodeDefect.CACHED_TIP,
                NodeDefect.SAYS_BOOTSTRAPPING,
                NodeDefect.BOOTSTRAPS_AFTER_A_RESTART);
        shows(" lib-stream ", NodeDefect.LIB_STREAM_SKIPS);
        shows(" node-1 GET /cryptarchia/headers 200", NodeDefect.HEADERS_OF_NO_CHAIN);
        shows(" node-1 POST /storage/block 200", NodeDefect.INCOMPLETE_BLOCKS);
        shows(" node-1 POST /storage/block 200 null", NodeDefect.FORGETS_BLOCKS);
        shows(" node-1 POST /mantle/status 200 [\"Unknown\"]", NodeDefect.KNOWS_NO_STATUS);
        shows(" node-1 GET /mantle/metrics 200 {\"pending_items\":0,", NodeDefect.HIDES_ITS_POOL);
        shows(" node-1 GET /wallet/balance 200", NodeDefect.WRONG_BALANCES);
        shows(" node-1 GET /network/info 200", NodeDefect.SEES_NO_PEERS);
        shows(" node-1 POST /mempool/add/tx 500 the pool is busy", NodeDefect.REFUSES_TRANSACTIONS);
        shows(" node-1 POST /mempool/add/tx 500 Item already in", NodeDefect.CLAIMS_TO_HAVE_TRANSACTIONS);
        shows(" node-1 POST /mempool/add/tx nothing yet", NodeDefect.NEVER_ANSWERS);
        shows(" 500 channel closed", NodeDefect.FAILS_NOW_AND_THEN, NodeDefect.REFUSES_AFTER_A_RESTART);
        shows(
                " node-1 GET /da/sampling/shares 500 Blob index not found",
                NodeDefect.KEEPS_NO_SHARES,
                NodeDefect.GIVES_NO_SHARES,
                NodeDefect.FORGETS_OLD_BLOBS,
                NodeDefect.LOSES_SHARES_AT_A_RESTART);
        shows(" node-1 GET /da/sampling/shares 200", NodeDefect.GIVES_WRONG_SHARES);
        shows(" node-3 POST /disperse-data 500", NodeDefect.REFUSES_BLOBS);
        shows(" node-1 died: a defect ends the node", NodeDefect.DIES, NodeDefect.DIES_AFTER_A_RESTART);
    }

    private final TestGenesis genesis = new TestGenesis(2, 1);

    private static void shows(String line, NodeDefect... defects) {
        for (NodeDefect defect : defects) {
            SHOWS.put(defect, line);
        }
    }

    @ParameterizedTest
    @EnumSource
    void changesWhatANodeDoesFromItsMomentOn(NodeDefect defect) {
        var right = RIGHT.computeIfAbsent(
                defect.scope() + " " + defect.load() + (defect.group() == DefectGroup.DATA_AVAILABILITY),
                same -> DefectScript.right(defect).seen());
        var ill = DefectScript.with(defect);
        var seen = ill.seen();
        int at = firstDifference(right, seen);

        assertThat(at).as("lines that are the same").isLessThan(seen.size());
        assertThat(timeOf(seen.get(at))).isGreaterThanOrEqualTo(DefectScript.FROM);
        // what a node leaves out is a line of the right one
        assertThat(seen.get(at) + "\n" + (at < right.size() ? right.get(at) : ""))
                .contains(SHOWS.getOrDefault(defect, ""));
        assertThat(ill.deeds()).isPositive();
    }

    private static int firstDifference(List<String> right, List<String> other) {
        int at = 0;
        while (at < right.size() && at < other.size() && right.get(at).equals(other.get(at))) {
            at++;
        }
        return at;
    }

    private static long timeOf(String line) {
        return Long.parseLong(line.substring(0, line.indexOf(' ')));
    }

    private DevNet net() {
        return DevNet.create(2, Layout.FULL, genesis, config -> config, new Planting(List.of()))
                .start();
    }

    @Test
    void isGivenAndTakenAwayAtTheTestingPort() {
        var net = net();
        var node = net.node(0);
        assertThat(node.get(DEFECTS)).isEqualTo("[]");

        assertThat(node.post(DEFECTS, "[\"sees-no-peers\",\"lib-of-no-chain\"]"))
                .isEqualTo("[\"lib-of-no-chain\",\"sees-no-peers\"]");
        net.run(20 * DevNet.SECOND);
        assertThat(node.get("/network/info")).contains("\"n_peers\":0");
        assertThat(node.info().lib().toHex()).startsWith("abab");

        assertThat(node.post(DEFECTS, "[]")).isEqualTo("[]");
        assertThat(node.get("/network/info")).contains("\"n_peers\":1");
        assertThat(node.info().lib()).isEqualTo(net.node(1).info().lib());
        assertThat(node.log)
                .contains("INFO Has the defects [lib-of-no-chain, sees-no-peers] from now on.")
                .contains("INFO Has no defect any more.");
    }

    @Test
    void keepsWhatItDidSoFarWhenAnotherOneJoins() {
        var net = net();
        net.run(20 * DevNet.SECOND);
        var node = net.node(0);
        node.post(DEFECTS, "[\"cached-tip\"]");
        var cached = node.info();
        net.run(20 * DevNet.SECOND);

        node.post(DEFECTS, "[\"cached-tip\",\"sees-no-peers\"]");

        assertThat(node.info()).isEqualTo(cached);
    }

    /** What only answers about the pool tell changes nothing else. */
    @ParameterizedTest
    @EnumSource(
            names = {
                "CLOCK_AHEAD",
                "CLOCK_BEHIND",
                "CLOCK_DRIFTS",
                "FREEZES_NOW_AND_THEN",
                "ACCEPTS_REPLAYS",
                "MINTS",
                "LOSES_ITS_POOL"
            })
    void goesOnAsBeforeWhenAnotherOneJoins(NodeDefect defect) {
        var alone = DefectScript.with(defect);
        var both = DefectScript.with(defect, NodeDefect.HIDES_ITS_POOL);

        assertThat(withoutPool(both)).isEqualTo(withoutPool(alone));
        assertThat(both.seen()).isNotEqualTo(alone.seen());
    }

    private static List<String> withoutPool(DefectScript script) {
        return script.seen().stream()
                .filter(line -> !line.contains(" GET /mantle/metrics "))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | {              | 422 | expected a list of names in JSON: ",
                "POST | ''             | 422 | expected a list of names but the body is empty",
                "POST | {}             | 422 | expected a list of names but was {}",
                "POST | [\"no-such\"]  | 422 | there is no defect \"no-such\"; there are [never-leads, ",
                "PUT  | []             | 405 | expected GET or POST"
            })
    void refusesWhatItDoesNotKnow(String method, String body, int status, String text) {
        var answer = net().node(0).request(method, DEFECTS, body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(DevNet.text(answer)).startsWith(text);
    }
}
