package org.junitnomos.devnode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junitnomos.devnode.DevNet.Layout;
import org.junitnomos.devnode.DevNet.Member;
import org.junitnomos.mantle.ChannelId;
import org.junitnomos.mantle.ChannelSetKeys;
import org.junitnomos.mantle.MantleJson;

@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HttpFuzzTests {
    private static final int ROUNDS_PER_SLOT = 100;

    private final TestGenesis genesis = new TestGenesis(1, 4);
    private final DevNet net =
            DevNet.create(2, Layout.FULL, genesis, config -> config).start();
    private final Member node = net.node(0);
    private final Map<Integer, Integer> statuses = new LinkedHashMap<>();

    /** A route and a body it likes. */
    private record Target(String path, byte[] body) {
        static Target of(String path, String body) {
            return new Target(path, body.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Every route of both ports that takes a body. */
    private List<Target> targets() {
        String hash = genesis.transaction().hash().toHex();
        List<Target> targets = new ArrayList<>(List.of(
                Target.of("/storage/block", "\"" + node.info().tip() + "\""),
                Target.of("/mantle/status", "[\"" + hash + "\",\"" + hash + "\"]"),
                Target.of("/test/da/membership", "0"),
                Target.of(
                        "/test/dev/links",
                        "[{\"peer\":\"node-1\",\"up\":true,\"latency_us\":1,\"jitter_us\":1,\"loss_per_mille\":0}]"),
                Target.of("/test/dev/clock", "{\"skew_us\":0}")));
        for (int wallet = 0; wallet < 4; wallet++) {
            byte[] transfer = MantleJson.encode(genesis.renew(wallet, genesis.walletNote(wallet)));
            targets.add(new Target("/mempool/add/tx", transfer));
        }
        targets.add(new Target(
                "/mempool/add/tx",
                MantleJson.encode(genesis.operate(
                        genesis.wallet(0),
                        new ChannelSetKeys(
                                ChannelId.of(new byte[32]),
                                List.of(genesis.wallet(1).publicKey()))))));
        return targets;
    }

    @Test
    void anyBodyIsAnswered() {
        List<Target> targets = targets();
        int inputs = Fuzz.inputs(100_000);

        Fuzz.run(inputs, (round, chance) -> {
            Target target = targets.get(chance.nextInt(targets.size()));
            String type = chance.nextInt(50) == 0 ? "text/plain" : "application/json";
            ApiResponse response = node.request("POST", target.path(), type, Fuzz.damage(target.body(), chance));
            statuses.merge(response.status(), 1, Integer::sum);
            if (round % ROUNDS_PER_SLOT == 0) {
                // Leaders drop what is not valid, and the links stay as they were.
                node.request("POST", "/test/dev/links", "[{\"peer\":\"node-1\",\"up\":true,\"loss_per_mille\":0}]");
                node.request("POST", "/test/dev/clock", "{\"skew_us\":0}");
                net.run(2 * DevNet.SECOND);
            }
        });

        assertThat(statuses).containsOnlyKeys(200, 400, 404, 415, 422, 500);
        assertThat(statuses.get(400) + statuses.get(422)).isGreaterThan(inputs / 2);
        assertAlive();
    }

    @Test
    void anyQueryIsAnswered() {
        List<String> paths =
                List.of("/cryptarchia/headers", "/cryptarchia/blocks", "/wallet/00/balance", "/mantle/metrics");
        byte[] good = ("from=" + node.info().tip() + "&to=" + node.info().lib() + "&slot_from=1&slot_to=9&tip=00")
                .getBytes(StandardCharsets.US_ASCII);

        Fuzz.run(Fuzz.inputs(100_000) / 10, (round, chance) -> {
            Map<String, String> query = new LinkedHashMap<>();
            for (String pair : new String(Fuzz.damage(good, chance), StandardCharsets.ISO_8859_1).split("&", -1)) {
                int equals = pair.indexOf('=');
                query.put(pair.substring(0, Math.max(0, equals)), pair.substring(equals + 1));
            }
            ApiRequest request = new ApiRequest("GET", path(paths, chance), query, "", new byte[0]);
            int status = node.node.handle(request, net.now()).status();
            statuses.merge(status, 1, Integer::sum);
        });

        assertThat(statuses.keySet()).isSubsetOf(200, 400, 404, 500);
        assertAlive();
    }

    private static String path(List<String> paths, Random chance) {
        String path = paths.get(chance.nextInt(paths.size()));
        return chance.nextInt(4) == 0
                ? new String(Fuzz.damage(path.getBytes(StandardCharsets.US_ASCII), chance), StandardCharsets.UTF_8)
                : path;
    }

    private void assertAlive() {
        int height = node.info().height();
        net.run(120 * DevNet.SECOND);
        assertThat(node.info().height()).isGreaterThan(height);
        assertThat(node.log).noneMatch(line -> line.startsWith("ERROR"));
    }
}
