package org.junitnomos.devnode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.devnode.BlobQueries.blobs;
import static org.junitnomos.devnode.BlobQueries.shares;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junitnomos.devnode.DevNet.Layout;
import org.junitnomos.devnode.DevNet.Member;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.mantle.BlobRequest;
import org.junitnomos.mantle.BlobRequestJson;
import org.junitnomos.mantle.ChannelBlob;
import org.junitnomos.mantle.ChannelId;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.MantleJsonValues;
import org.junitnomos.mantle.MsgId;
import org.junitnomos.mantle.SignedMantleTx;

/** Blob operations that are wrong and yet submitted: they change no channel, and the node goes on. */
class WrongBlobTests {
    private static final ChannelId CHANNEL = ChannelId.fromHex("01".repeat(32));
    private static final MsgId UNKNOWN = MsgId.fromHex("02".repeat(32));
    private static final byte[] DATA = new byte[62];

    private final TestGenesis genesis = TestGenesis.withProviders(3, 1, 3);
    private final DevNet net = DevNet.create(
            3,
            Layout.FULL,
            genesis,
            config -> TestConfigs.withColumns(
                    config.name().equals("node-0") ? TestConfigs.asExecutor(config) : config, 2));
    private final Member executor = net.node(0);
    private final Member validator = net.node(1);
    private BlobId blob;

    /** Publish a right one, which gives the channel its tip and its key. */
    @BeforeEach
    void publish() {
        net.start();
        net.run(10 * DevNet.SECOND);
        blob = disperse(MsgId.ZERO);
        net.run(30 * DevNet.SECOND);
        assertThat(blobs(validator)).hasSize(1);
    }

    private BlobId disperse(MsgId parent) {
        var answers = executor.ask(
                "POST",
                "/disperse-data",
                BlobRequestJson.encode(new BlobRequest.Disperse(
                        CHANNEL, parent, genesis.wallet(0).publicKey(), DATA)));
        net.run(DevNet.SECOND);
        return MantleJsonValues.decodeBlobId(answers.get(0).body());
    }

    private ChannelBlob next(long session, BlobId id, MsgId parent, Ed25519PrivateKey signer) {
        return new ChannelBlob(CHANNEL, session, id, DATA.length, 0, parent, signer.publicKey());
    }

    /** Submit it: it is taken, as its rules are those of the ledger, and never gets into a block. */
    private void assertIsTakenAndDropped(ChannelBlob wrong, Ed25519PrivateKey signer) {
        assertIsTaken(wrong, signer, 0);
    }

    /** What cannot be sampled is not even tried, and waits for ever. */
    private void assertIsTakenAndWaitsForEver(ChannelBlob wrong) {
        assertIsTaken(wrong, Ed25519PrivateKey.ZERO, 1);
    }

    private void assertIsTaken(ChannelBlob wrong, Ed25519PrivateKey signer, int waiting) {
        var answer = validator.submit(genesis.operate(signer, wrong));
        int height = validator.info().height();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(DevNet.text(answer)).isEqualTo("null");
        net.run(90 * DevNet.SECOND);
        assertNothingChanged(height, waiting);
    }

    private void assertNothingChanged(int height) {
        assertNothingChanged(height, 0);
    }

    private void assertNothingChanged(int height, int waiting) {
        for (Member node : net.nodes()) {
            assertThat(blobs(node)).extracting(ChannelBlob::blob).containsExactly(blob);
            assertThat(node.info().height()).isGreaterThan(height);
            assertThat(node.get("/mantle/metrics")).startsWith("{\"pending_items\":" + waiting + ",");
        }
    }

    private MsgId tip() {
        return blobs(validator).get(0).msgId();
    }

    @Test
    void anUnknownParentIsDropped() {
        assertIsTakenAndDropped(next(0, blob, UNKNOWN, Ed25519PrivateKey.ZERO), Ed25519PrivateKey.ZERO);
    }

    @Test
    void aSignerWithoutAKeyOfTheChannelIsDropped() {
        assertIsTakenAndDropped(next(0, blob, tip(), genesis.wallet(0)), genesis.wallet(0));
    }

    @Test
    void anUnknownSessionWaitsForEver() {
        assertIsTakenAndWaitsForEver(next(99, blob, tip(), Ed25519PrivateKey.ZERO));
    }

    @Test
    void aBlobThatNobodyHasWaitsForEver() {
        assertIsTakenAndWaitsForEver(next(0, BlobId.ZERO, tip(), Ed25519PrivateKey.ZERO));
    }

    @Test
    void aSignatureOfSomebodyElseIsRefused() {
        SignedMantleTx forged = genesis.operate(genesis.wallet(0), next(0, blob, tip(), Ed25519PrivateKey.ZERO));
        int height = validator.info().height();

        assertThat(validator.submit(forged).status()).isEqualTo(422);
        net.run(30 * DevNet.SECOND);
        assertNothingChanged(height);
    }

    @Test
    void theSignerOfADispersalIsIgnored() {
        assertThat(blobs(validator).get(0).signer()).isEqualTo(Ed25519PrivateKey.ZERO.publicKey());
    }

    @Test
    void anUnknownSessionHasNoMembersAndNoCommitments() {
        byte[] body = BlobRequestJson.encode(new BlobRequest.Commitments(blob, 99));

        assertThat(validator.post("/test/da/membership", "99")).contains("{}").doesNotContain("12D3");
        var answers = validator.ask("POST", "/da/get-commitments", body);
        net.run(DevNet.SECOND);
        assertThat(DevNet.text(answers.get(0))).isNotEqualTo("null"); // kept of session 0, found by its id
        assertThat(shares(validator, BlobId.ZERO)).isEmpty();
    }

    @Test
    void brokenJsonChangesNothing() {
        int height = validator.info().height();

        var answers = executor.ask("POST", "/disperse-data", "{\"channel_id\":".getBytes(StandardCharsets.UTF_8));

        assertThat(answers.get(0).status()).isEqualTo(400);
        net.run(30 * DevNet.SECOND);
        assertNothingChanged(height);
    }
}
