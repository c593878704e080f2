package org.junitnomos.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.mantle.ApiBlock;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.mantle.ZkPublicKey;

/**
 * Speaks the HTTP API of one node (node contract 1). Thread-safe; every method blocks for one exchange.
 *
 * <p>Every method throws {@link NodeApiException}, naming node, method, URL, status, how long it took and the body, if
 * the node cannot be reached or answers anything but 200 with the contract's shape. Fields that the contract does not
 * know are ignored, so that newer nodes stay readable. A body of more than 64 MiB is not read.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface NodeClient extends AutoCloseable {
    /**
     * {@return where this client reaches the node; of backend {@code embedded} nobody else does there, see {@link
     * org.junitnomos.deploy.NodeHandle#url()}}
     */
    NodeEndpoint endpoint();

    /** Asks for the consensus state: {@code GET /cryptarchia/info}. */
    CryptarchiaInfo cryptarchiaInfo();

    /**
     * Asks for header ids, newest first, at most 512: {@code GET /cryptarchia/headers}.
     *
     * @param from first id; null for the tip
     * @param to last id; null for the LIB
     * @return ids; empty if {@code from} is unknown
     */
    List<HeaderId> headers(@Nullable HeaderId from, @Nullable HeaderId to);

    /**
     * Asks for a block: {@code POST /storage/block}.
     *
     * @param id its id
     * @return the block; empty if unknown or genesis
     */
    Optional<Block> block(HeaderId id);

    /**
     * Submits a transaction: {@code POST /mempool/add/tx}.
     *
     * @param transaction the transaction
     */
    void submit(SignedMantleTx transaction);

    /** Asks for the state of the mempool: {@code GET /mantle/metrics}. */
    MempoolMetrics mempoolMetrics();

    /**
     * Asks for the fate of transactions: {@code POST /mantle/status}; unreliable on the proposing node (node contract
     * 1.4).
     *
     * @param transactions ids
     * @return one status an id, in order
     */
    List<TransactionStatus> transactionStatus(List<TxHash> transactions);

    /** Asks for the state of the network: {@code GET /network/info}. */
    NetworkInfo networkInfo();

    /**
     * Asks for a balance: {@code GET /wallet/:public_key/balance}; validators only.
     *
     * @param owner the key
     * @param tip block to read at; null for the tip
     * @return the balance; empty if the node's wallet does not know the key, or the key has no notes at that block
     */
    Optional<WalletBalance> walletBalance(ZkPublicKey owner, @Nullable HeaderId tip);

    /**
     * Asks for the blocks below the LIB of a range of slots: {@code GET /cryptarchia/blocks}; block-explorer builds
     * only.
     *
     * @param slotFrom first slot
     * @param slotTo last slot, not before {@code slotFrom}
     * @return blocks in chain order
     * @throws IllegalArgumentException if {@code slotTo} is before {@code slotFrom}
     */
    List<ApiBlock> blocks(long slotFrom, long slotTo);

    /**
     * Follows finalized blocks: {@code GET /cryptarchia/lib-stream}; validators only. No replay, and nothing of what
     * became final at the switch to mode Online. The caller closes the stream, whose {@code next} blocks until a line
     * arrives.
     */
    NodeStream<FinalizedBlock> libStream();

    /**
     * Follows newly applied blocks: {@code GET /cryptarchia/blocks/stream}; block-explorer builds only. No replay. The
     * caller closes the stream.
     */
    NodeStream<ApiBlock> blockStream();

    /** Speaks the data availability part of the API, with the limit of this client. */
    BlobClient blobs();

    /**
     * Controls links, clock and peers through the dev node's testing port.
     *
     * @return the control; its methods fail with {@link NodeApiException} on other nodes
     */
    TestingClient devControl();

    /**
     * Sets the limit of one exchange: from the first byte sent to the last byte read, or until a stream is open.
     *
     * @param timeout positive; default 10 s; no meaning for in-memory transports, which have their own
     * @return a client with that limit; it shares connections and streams with this one, and closing either closes both
     */
    NodeClient withTimeout(Duration timeout);

    /**
     * Returns what this client, and those that share its connections, asked the node, by route, for the one who
     * collects metrics: the slowest exchange is forgotten with it.
     */
    @API(status = API.Status.INTERNAL, since = "0.1")
    default List<RouteTally> takeTallies() {
        return List.of();
    }

    /** Closes open streams and connections; idempotent. */
    @Override
    void close();
}
