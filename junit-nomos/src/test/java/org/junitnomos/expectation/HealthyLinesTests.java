package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthyLinesTests {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-30T23:02:20.372862Z ERROR services_utils::overwatch::recovery::operators: key must be a string",
                "2026-11-30T23:02:20.375377Z ERROR services_utils::overwatch::recovery::operators: No such file or"
                        + " directory (os error 2)",
                "2026-11-30T23:02:20.372110Z ERROR chain_leader::leadership: Failed to send pre-calculated PoL winning"
                        + " slots to receivers. Error: SendError { .. }",
                "2026-11-30T23:02:21.1Z ERROR broadcast_service: Could not send to new blocks channel: channel closed",
                "2026-11-30T23:02:21.1Z ERROR chain_service: Could not notify new block to services channel closed",
                "2026-11-30T23:02:21.1Z ERROR nomos_network::backends::libp2p::swarm::gossipsub: failed to broadcast"
                        + " message to topic: /cryptarchia/proto Duplicate",
                "2026-12-01T09:11:13.5Z ERROR nomos_network::backends::libp2p::swarm: Failed to connect to peer:"
                        + " Some(PeerId(\"12D3KooWJsUc\")) ConnectionId(4) due to: Failed to negotiate transport"
                        + " protocol(s): [(/ip4/127.0.0.1/udp/26172/quic-v1/p2p/12D3KooWJsUc: : Handshake with the remote"
                        + " timed out.: Handshake with the remote timed out.)]",
                "2026-12-02T05:56:03.5Z ERROR nomos_network::backends::libp2p::swarm: Failed to connect to peer:"
                        + " Some(PeerId(\"12D3KooWJrUh\")) ConnectionId(13) due to: Dial error: Unexpected peer ID 12D3KooWS8Ct"
                        + " at Dialer { address: /ip4/127.0.0.1/udp/3000/quic-v1/p2p/12D3KooWJrUh, role_override: Dialer }.",
                "2026-12-02T00:57:03.4Z ERROR cryptarchia_sync::libp2p::provider: Failed to send blocks to peer 12D3KooWQ56R:"
                        + " Peer 12D3KooWQ56R: Failed to unpack data from reader: I/O error: sending stopped by peer: error 0",
                "2026-12-02T00:57:03.4Z ERROR cryptarchia_sync::libp2p::behaviour: Sending response failed: Peer"
                        + " 12D3KooWQ56R: Failed to unpack data from reader: I/O error: sending stopped by peer: error 0",
                "2026-12-01T09:29:20.0Z ERROR tower_http::trace::on_failure: response failed classification=Status code:"
                        + " 500 Internal Server Error latency=0 ms",
                "2026-11-30T23:06:34.5Z ERROR nomos_da_verifier: Error handling blob [55, 119] due to Mempool(ExistingItem)",
                "2026-11-30T23:06:34.5Z ERROR nomos_da_network_core::swarm::executor: Validation task failed for event"
                        + " IncomingShare(Share { blob_id: [1], data: DaShare { } }): DispersalValidationError",
                "2026-11-30T23:06:39.5Z ERROR nomos_da_network_service::backends::libp2p::common: Request receiver was"
                        + " closed: oneshot canceled"
            })
    void areNoErrors(String line) {
        assertThat(HealthyLines.has(line)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-30T23:02:21.1Z ERROR nomos_tracing::panic: A panic occurred",
                "2026-11-30T23:02:21.1Z ERROR cryptarchia::service: Failed to reconstruct block from proposal",
                "2026-12-02T00:57:03.4Z ERROR cryptarchia_sync::libp2p::provider: Failed to send blocks to peer 12D3KooWQ56R:"
                        + " Storage error",
                "2026-11-30T23:02:21.1Z ERROR nomos_network::backends::libp2p::swarm::gossipsub: failed to broadcast"
                        + " message to topic: mantle InsufficientPeers",
                "2026-11-30T23:02:21.1Z ERROR nomos_network::backends::libp2p::swarm: Failed to connect to peer:"
                        + " Some(PeerId(\"12D3KooWJsUc\")) ConnectionId(4) due to: Unexpected peer ID 12D3KooWD3mj",
                "2026-12-02T05:56:03.5Z ERROR nomos_network::backends::libp2p::swarm: Failed to connect to peer:"
                        + " Some(PeerId(\"12D3KooWJrUh\")) ConnectionId(13) due to: Dial error: Unexpected peer ID 12D3KooWS8Ct"
                        + " at Dialer { address: /ip4/127.0.0.1/udp/26172/quic-v1/p2p/12D3KooWJrUh, role_override: Dialer }."
            })
    void whatTellsOfTroubleIsAnError(String line) {
        assertThat(HealthyLines.has(line)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-30T23:02:21.1Z ERROR cryptarchia::service: Failed to process block: ParentMissing { parent: 01 }",
                "2026-12-02T01:11:21.7Z ERROR chain_network::sync::orphan_handler: Error while fetching blocks: Peer"
                        + " 12D3KooWQWo1: Failed to start blocks download: Node is not in online mode",
                "2026-12-02T01:23:27.4Z ERROR chain_network::sync::orphan_handler: Error while fetching blocks: Peer"
                        + " 12D3KooWGb9p: Failed to start blocks download: Failed to create a block stream:"
                        + " BlockNotFound(HeaderId([28, 247]))",
                "2026-12-02T02:18:47.5Z ERROR nomos_network::backends::libp2p::swarm::gossipsub: failed to broadcast message"
                        + " to topic due to insufficient peers, trying again in 1s",
                "2026-12-02T01:23:27.4Z ERROR chain_service::sync::block_provider: reason=\"Failed to create a block stream:"
                        + " BlockNotFound(HeaderId([28, 247]))\"",
                "2026-11-30T23:02:21.1Z ERROR cryptarchia::service: Received block with parent 01 that is not in the ledger"
                        + " state. Ignoring block.",
                "2026-11-30T23:02:21.1Z ERROR cryptarchia::service: Failed to reconstruct block from proposal:"
                        + " InvalidBlock(\"Failed to reconstruct block: [01] mempool transactions not found\")",
                "2026-11-30T23:02:21.1Z ERROR cryptarchia::service: Error processing reconstructed block:"
                        + " BlobValidationFailed(InvalidBlobs)",
                "2026-11-30T23:02:21.1Z ERROR cryptarchia::service: Error processing orphan downloader block:"
                        + " Cryptarchia(ParentMissing { parent: 01 })"
            })
    void areErrorsUntilTheMissedBlockIsThere(String line) {
        assertThat(HealthyLines.isOfAMissedBlock(line)).isTrue();
        assertThat(HealthyLines.has(line)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-30T23:02:21.1Z ERROR cryptarchia::service: Failed to process block: InvalidSlot(01)",
                "2026-11-30T23:02:21.1Z ERROR cryptarchia::service: Failed to reconstruct block from proposal:"
                        + " InvalidBlock(\"Invalid block: Signature\")",
                "2026-11-30T23:02:21.1Z ERROR cryptarchia::leader: Error processing local block: Unexpected(\"Failure\")"
            })
    void otherReasonsAreNotMadeUpFor(String line) {
        assertThat(HealthyLines.isOfAMissedBlock(line)).isFalse();
    }
}
