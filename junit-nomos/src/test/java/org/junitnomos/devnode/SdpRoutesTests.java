package org.junitnomos.devnode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junitnomos.devnode.DevNet.Layout;
import org.junitnomos.devnode.DevNet.Member;
import org.junitnomos.mantle.ActivityMetadata;
import org.junitnomos.mantle.DeclarationId;
import org.junitnomos.mantle.DevProof;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.JsonBodies;
import org.junitnomos.mantle.MantleJsonValues;
import org.junitnomos.mantle.Multiaddr;
import org.junitnomos.mantle.Note;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.mantle.SdpDeclare;
import org.junitnomos.mantle.ServiceType;
import org.junitnomos.mantle.SignedMantleTx;

class SdpRoutesTests {
    private static final Ed25519PrivateKey ZERO = Ed25519PrivateKey.ZERO;

    private final TestGenesis genesis = TestGenesis.withProviders(2, 1, 2);
    private final DevNet net =
            DevNet.create(2, Layout.FULL, genesis, config -> config).start();
    private final Member node = net.node(0);

    private static SdpDeclare declaration(NoteId note) {
        return new SdpDeclare(
                ServiceType.DATA_AVAILABILITY,
                List.of(Multiaddr.parse("/dns4/node-9/udp/3300/quic-v1")),
                ZERO.publicKey(),
                DevProof.ownerOf(ZERO.publicKey()),
                note);
    }

    private String post(String path, byte[] body) {
        return DevNet.text(node.request("POST", path, "application/json", body));
    }

    @Test
    void declaresWithANoteOfTheZeroKey() {
        net.run(10 * DevNet.SECOND);
        SignedMantleTx payment = genesis.pay(
                0,
                List.of(genesis.walletNote(0)),
                List.of(new Note(TestGenesis.WALLET_VALUE, DevProof.ownerOf(ZERO.publicKey()))));
        node.submit(payment);
        net.run(20 * DevNet.SECOND);
        SdpDeclare declare = declaration(payment.tx().noteIds().get(0));

        String answer = post("/sdp/declaration", JsonBodies.encode(declare));
        net.run(20 * DevNet.SECOND);

        assertThat(answer)
                .isEqualTo(new String(MantleJsonValues.encode(declare.declarationId()), StandardCharsets.UTF_8));
        assertThat(net.node(1).get("/mantle/sdp/declarations"))
                .contains("\"locators\":[\"/dns4/node-9/udp/3300/quic-v1\"]");
        assertThat(net.node(1).post("/test/da/membership", "0")).doesNotContain("node-9");
    }

    @Test
    void makesADeclaredNodeAMemberTwoSessionsOn() {
        DevNet quick = DevNet.create(2, Layout.FULL, genesis, config -> TestConfigs.withSessions(config, 10))
                .start();
        quick.run(10 * DevNet.SECOND);
        SignedMantleTx payment = genesis.pay(
                0,
                List.of(genesis.walletNote(0)),
                List.of(new Note(TestGenesis.WALLET_VALUE, DevProof.ownerOf(ZERO.publicKey()))));
        quick.node(0).submit(payment);
        while (quick.node(0).info().height() < 12) {
            quick.run(2 * DevNet.SECOND);
        }
        byte[] body = JsonBodies.encode(declaration(payment.tx().noteIds().get(0)));
        quick.node(0).request("POST", "/sdp/declaration", "application/json", body);
        while (quick.node(0).info().height() < 39) {
            quick.run(DevNet.SECOND);
        }
        assertThat(quick.node(0).post("/test/da/membership", "3"))
                .as("a session begins when the LIB is in it, which is 10 blocks behind the tip")
                .isEqualTo("{\"assignations\":{},\"addressbook\":{}}");
        while (quick.node(0).info().height() < 40) {
            quick.run(2 * DevNet.SECOND);
        }
        quick.node(1).restart();
        quick.run(10 * DevNet.SECOND);

        for (Member member : quick.nodes()) {
            for (String early : List.of("0", "1", "2")) {
                assertThat(member.post("/test/da/membership", early))
                        .contains("node-0")
                        .doesNotContain("node-9");
            }
            assertThat(member.post("/test/da/membership", "3")).contains("node-0", "node-9");
        }
    }

    @Test
    void leavesItToTheLeaderToRefuseADeclaration() {
        net.run(10 * DevNet.SECOND);
        byte[] body = JsonBodies.encode(declaration(genesis.walletNote(0)));

        assertThat(node.request("POST", "/sdp/declaration", "application/json", body)
                        .status())
                .isEqualTo(200);
        ApiResponse again = node.request("POST", "/sdp/declaration", "application/json", body);
        net.run(20 * DevNet.SECOND);

        assertThat(again.status()).isEqualTo(500);
        assertThat(DevNet.text(again)).isEqualTo("channel closed");
        assertThat(node.get("/mantle/sdp/declarations")).doesNotContain("node-9");
    }

    @Test
    void answersNullToActivityAndWithdrawal() {
        ActivityMetadata activity = new ActivityMetadata.DataAvailability(0, new byte[0], new byte[0]);

        assertThat(post("/sdp/activity", JsonBodies.encode(activity))).isEqualTo("null");
        assertThat(post("/sdp/withdrawal", MantleJsonValues.encode(DeclarationId.of(new byte[32]))))
                .isEqualTo("null");
        assertThat(node.get("/mantle/metrics")).startsWith("{\"pending_items\":0,");
        assertThat(node.request("POST", "/sdp/activity", "[]").status()).isEqualTo(422);
        assertThat(node.request("POST", "/sdp/withdrawal", "[1]").status()).isEqualTo(422);
        assertThat(node.request("POST", "/sdp/declaration", "{}").status()).isEqualTo(422);
    }
}
