package org.junitnomos.devnode;

import java.util.List;
import org.apiguardian.api.API;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.Header;
import org.junitnomos.mantle.Ed25519Signature;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.TxHash;

/** Say something to a peer. Messages are immutable; how they are framed on a wire is a driver's matter. */
@API(status = API.Status.INTERNAL, since = "0.1")
public sealed interface PeerMessage {
    /** First message on a link, and after it was cut: where the sender stands. */
    record Hello(HeaderId tip, long height, HeaderId lib) implements PeerMessage {}

    /** A transaction for the mempool (topic {@code mantle}). */
    record Transaction(SignedMantleTx transaction) implements PeerMessage {}

    /** A new block by reference: the receiver rebuilds it from its mempool (node contract 2.9). */
    record Proposal(Header header, Ed25519Signature signature, List<TxHash> transactions) implements PeerMessage {
        public Proposal {
            transactions = List.copyOf(transactions);
        }
    }

    /** Ask for a block and up to {@code ancestors} of its ancestors, for an orphan. */
    record BlockRequest(HeaderId block, int ancestors) implements PeerMessage {}

    /** Answer to {@link BlockRequest}: blocks oldest first; empty if unknown or refused. */
    record BlockResponse(HeaderId requested, List<Block> blocks) implements PeerMessage {
        public BlockResponse {
            blocks = List.copyOf(blocks);
        }
    }
}
