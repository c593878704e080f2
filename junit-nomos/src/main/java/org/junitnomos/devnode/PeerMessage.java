package org.junitnomos.devnode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apiguardian.api.API;
import org.junitnomos.devnode.da.DaMessage;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.Ed25519Signature;
import org.junitnomos.mantle.Fr;
import org.junitnomos.mantle.Header;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.MantleJson;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.TxHash;

/** A message to a peer. Messages are immutable; how they are framed on a wire is a driver's matter. */
@API(status = API.Status.INTERNAL, since = "0.1")
public sealed interface PeerMessage {
    /** Bytes of the head of every frame: mark, version, kind and length of the body. */
    int FRAME_HEAD = 10;

    /**
     * Returns how long the message is on a wire, with the head of its frame; a link of limited bandwidth takes that
     * much time for it.
     *
     * @return bytes
     */
    long wireLength();

    /**
     * Where the sender stands: first message on a link, then every few seconds.
     *
     * @param tip its tip
     * @param height height of its tip
     * @param lib its last irreversible block
     * @param answer whether it wants to hear the same at once, as it has not heard of the receiver lately
     */
    record Hello(HeaderId tip, long height, HeaderId lib, boolean answer) implements PeerMessage {
        @Override
        public long wireLength() {
            return FRAME_HEAD + 2L * HeaderId.LENGTH + Long.BYTES + 1;
        }
    }

    /**
     * A transaction for the mempool (topic {@code mantle}).
     *
     * @param transaction the transaction
     */
    record Transaction(SignedMantleTx transaction) implements PeerMessage {
        @Override
        public long wireLength() {
            return (long) FRAME_HEAD + MantleJson.encode(transaction).length;
        }
    }

    /**
     * A new block, announced by reference: the receiver rebuilds it from its mempool (node contract 2.9).
     *
     * @param header header of the block
     * @param signature signature of the block
     * @param transactions hashes of its transactions, in order
     */
    record Proposal(Header header, Ed25519Signature signature, List<TxHash> transactions) implements PeerMessage {
        public Proposal {
            transactions = List.copyOf(transactions);
        }

        /** Announces a block. */
        public static Proposal of(Block block) {
            return new Proposal(block.header(), block.signature(), block.transactionHashes());
        }

        @Override
        public long wireLength() {
            long empty = MantleJson.encode(new Block(header, signature, List.of())).length;
            return FRAME_HEAD + Integer.BYTES + empty + (long) transactions.size() * Fr.LENGTH;
        }
    }

    /**
     * A message about blobs to a node that need not be a direct peer: nodes between pass it on.
     *
     * @param origin name of the node that says it
     * @param target name of the node it is for
     * @param number tells messages of one origin apart
     * @param content the message
     */
    record Routed(String origin, String target, long number, DaMessage content) implements PeerMessage {
        @Override
        public long wireLength() {
            long names = 2L * Integer.BYTES
                    + origin.getBytes(StandardCharsets.UTF_8).length
                    + target.getBytes(StandardCharsets.UTF_8).length;
            return FRAME_HEAD + names + Long.BYTES + 1 + content.wireLength();
        }
    }

    /**
     * The request for the blocks that lead to a block, beginning after the newest one that the sender has (node
     * contract 3.5).
     *
     * @param block the block to reach
     * @param known blocks of the sender's branch, newest first; genesis need not be named
     */
    record BlockRequest(HeaderId block, List<HeaderId> known) implements PeerMessage {
        public BlockRequest {
            known = List.copyOf(known);
        }

        @Override
        public long wireLength() {
            return FRAME_HEAD + (1L + known.size()) * HeaderId.LENGTH;
        }
    }

    /**
     * The answer to a {@link BlockRequest}.
     *
     * @param requested the block that was asked for
     * @param blocks some blocks on the way to it, oldest first, each after its parent; empty if unknown or refused
     */
    record BlockResponse(HeaderId requested, List<Block> blocks) implements PeerMessage {
        public BlockResponse {
            blocks = List.copyOf(blocks);
        }

        @Override
        public long wireLength() {
            long length = FRAME_HEAD + HeaderId.LENGTH;
            for (Block block : blocks) {
                length += Integer.BYTES + MantleJson.encode(block).length;
            }
            return length;
        }
    }
}
