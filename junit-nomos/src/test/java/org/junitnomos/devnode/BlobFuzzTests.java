package org.junitnomos.devnode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junitnomos.devnode.DevNet.Layout;
import org.junitnomos.devnode.DevNet.Member;
import org.junitnomos.mantle.ActivityMetadata;
import org.junitnomos.mantle.BlobCoding;
import org.junitnomos.mantle.BlobJson;
import org.junitnomos.mantle.BlobRequest;
import org.junitnomos.mantle.BlobRequestJson;
import org.junitnomos.mantle.ChannelId;
import org.junitnomos.mantle.DeclarationId;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.JsonBodies;
import org.junitnomos.mantle.MantleJsonValues;
import org.junitnomos.mantle.MsgId;

/** Damaged bodies for the routes of data availability and of services. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BlobFuzzTests {
    private static final int ROUNDS_PER_SLOT = 100;
    private static final int NODES = 3;

    private final TestGenesis genesis = TestGenesis.withProviders(NODES, 1, NODES);
    private final DevNet net = DevNet.create(
                    NODES,
                    Layout.FULL,
                    genesis,
                    config -> TestConfigs.withColumns(
                            config.name().equals("node-0") ? TestConfigs.asExecutor(config) : config, 4))
            .start();
    private final Member node = net.node(0);
    private final BlobCoding.Coded coded = BlobCoding.encode(new byte[31], 4);
    private final Map<Integer, Integer> statuses = new TreeMap<>();

    /** A good body for every route, GET where the body belongs to a GET. */
    private Map<String, byte[]> bodies() {
        var blob = coded.commitments().blobId();
        var asked = new BlobRequest.Commitments(blob, 0);
        var bodies = new LinkedHashMap<String, byte[]>();
        bodies.put(
                "POST /disperse-data",
                BlobRequestJson.encode(new BlobRequest.Disperse(
                        ChannelId.of(new byte[32]), MsgId.ZERO, Ed25519PrivateKey.ZERO.publicKey(), new byte[31])));
        bodies.put("POST /da/get-commitments", BlobRequestJson.encode(asked));
        bodies.put("GET /da/get-storage-commitments", BlobRequestJson.encode(new BlobRequest.StoredCommitments(blob)));
        bodies.put("GET /da/get-share", BlobRequestJson.encode(new BlobRequest.Share(blob, 1)));
        bodies.put(
                "GET /da/sampling/shares",
                BlobRequestJson.encode(new BlobRequest.Shares(blob, List.of(0), List.of(1), true)));
        bodies.put(
                "POST /da/add-share",
                BlobJson.encode(new BlobJson.FullShare(
                        coded.commitments(), coded.shares().get(2))));
        String peer = '"' + TestGenesis.provider(1).publicKey().toPeerId().toString() + '"';
        bodies.put("POST /da/block-peer", peer.getBytes(StandardCharsets.UTF_8));
        bodies.put("POST /da/unblock-peer", peer.getBytes(StandardCharsets.UTF_8));
        bodies.put(
                "POST /test/da/historic-sampling",
                BlobRequestJson.encode(new BlobRequest.Historic(node.info().tip(), List.of(asked))));
        bodies.put(
                "POST /sdp/activity",
                JsonBodies.encode(new ActivityMetadata.DataAvailability(0, new byte[0], new byte[0])));
        bodies.put("POST /sdp/withdrawal", MantleJsonValues.encode(DeclarationId.of(new byte[32])));
        return bodies;
    }

    @Test
    void anyBodyIsAnswered() {
        var targets = List.copyOf(bodies().entrySet());
        int inputs = Fuzz.inputs(100_000);

        Fuzz.run(inputs, (round, chance) -> {
            var target = targets.get(chance.nextInt(targets.size()));
            String[] route = target.getKey().split(" ");
            node.request(route[0], route[1], "application/json", Fuzz.damage(target.getValue(), chance))
                    .whenReady(answer -> statuses.merge(answer.status(), 1, Integer::sum));
            if (round % ROUNDS_PER_SLOT == 0) {
                net.run(2 * DevNet.SECOND);
            }
        });
        int height = node.info().height();
        net.run(120 * DevNet.SECOND);

        assertThat(statuses.keySet()).isSubsetOf(200, 400, 404, 415, 422, 500);
        assertThat(statuses.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(inputs);
        assertThat(statuses.get(400) + statuses.get(422)).isGreaterThan(inputs / 2);
        assertThat(node.info().height()).isGreaterThan(height);
        assertThat(node.log).noneMatch(line -> line.startsWith("ERROR"));
    }
}
