package org.junitnomos.expectation;

import java.util.regex.Pattern;

/**
 * Lines of errors that real nodes log while nothing is wrong with them, as nodes of December 2025 (revision 3f623e0c9)
 * did; other revisions may have others.
 */
final class HealthyLines {
    private static final Pattern KNOWN = Pattern.compile(String.join(
            "|",
            "overwatch::recovery::operators: (key must be a string|No such file or directory)",
            "broadcast_service: Could not send to new blocks channel: channel closed",
            "chain_service: Could not notify new block to services channel closed",
            "chain_leader::leadership: Failed to send pre-calculated PoL winning slots to receivers",
            "swarm::gossipsub: failed to broadcast message to topic: \\S+ Duplicate",
            // nodes hear of others by their neighbors and dial those, too, where no link lets them
            "libp2p::swarm: Failed to connect to peer: .*: Failed to negotiate transport protocol.* timed out",
            // in containers and pods they tell each other their loopback, too, where whoever dials it finds himself
            "libp2p::swarm: Failed to connect to peer: .*: Unexpected peer ID .* address: /ip4/127.0.0.1/udp/3000/",
            // who asked for blocks has what it wants, and reads no more of them
            "cryptarchia_sync::libp2p::(provider|behaviour): .* sending stopped by peer: error 0",
            // what it refuses is judged by its answer
            "tower_http::trace::on_failure: response failed classification=Status code: 500",
            // each share of a blob submits its transaction once more
            "nomos_da_verifier: Error handling blob .* due to Mempool\\(ExistingItem\\)",
            "swarm::executor: Validation task failed for event IncomingShare\\(.*: DispersalValidationError",
            "nomos_da_network_service::backends::libp2p::common: Request receiver was closed: oneshot canceled"));

    private static final Pattern MISSED = Pattern.compile(String.join(
            "|",
            // whom it asks for the blocks before one has just started, too, or lacks them as well
            "chain_network::sync::orphan_handler: Error while fetching blocks: .*"
                    + " (Node is not in online mode|Failed to create a block stream: BlockNotFound)",
            // started anew, it is in no mesh for some seconds, and hands on later what it made
            "swarm::gossipsub: failed to broadcast message to topic due to insufficient peers, trying again",
            "chain_service::sync::block_provider: .*Failed to create a block stream: BlockNotFound",
            "cryptarchia::service: Failed to process block: ParentMissing",
            "cryptarchia::service: Received block with parent .* that is not in the ledger state",
            "cryptarchia::service: Failed to reconstruct block from proposal: .* mempool transactions not found",
            // it had not sampled the blobs yet, or had taken another block with them
            "cryptarchia::service: Error processing (reconstructed|orphan downloader) block:"
                    + " (Cryptarchia\\(ParentMissing|BlobValidationFailed\\(InvalidBlobs\\))"));

    private HealthyLines() {}

    /** Whether a line without colors is one of them. */
    static boolean has(String line) {
        return KNOWN.matcher(line).find();
    }

    /** Whether a node tells in a line that it lacked what it takes to get or hand on a block, which may come later. */
    static boolean isOfAMissedBlock(String line) {
        return MISSED.matcher(line).find();
    }
}
