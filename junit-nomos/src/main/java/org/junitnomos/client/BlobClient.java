package org.junitnomos.client;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.apiguardian.api.API;
import org.junitnomos.mantle.BlobCommitments;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.mantle.BlobRequest;
import org.junitnomos.mantle.BlobShare;
import org.junitnomos.mantle.HeaderId;

/**
 * Speaks the data availability part of a node's HTTP API (node contract 1.4, 1.5, 4). Thread-safe; every method blocks
 * for one exchange.
 *
 * <p>Every method throws {@link NodeApiException} as those of {@link NodeClient} do.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface BlobClient {
    /**
     * The request that an executor disperse bytes: {@code POST /disperse-data}. The answer comes when every subnet has
     * its column, not when the blob is in a block; that takes up to 20 s, so this waits at least 35 s.
     *
     * @param request channel, parent and bytes
     * @return id of the blob
     */
    BlobId disperse(BlobRequest.Disperse request);

    /**
     * Asks for commitments that the node holds or gets from its peers: {@code POST /da/get-commitments}.
     *
     * @param blob the blob
     * @param session session in which it was dispersed, unsigned
     * @return the commitments; empty if nobody gave them within a second, as for an unknown blob
     */
    Optional<BlobCommitments> commitments(BlobId blob, long session);

    /**
     * The question for commitments that the node holds: {@code GET /da/get-storage-commitments}.
     *
     * @param blob the blob
     * @return the commitments; empty if the node does not have them
     */
    Optional<BlobCommitments> storedCommitments(BlobId blob);

    /**
     * Asks for one share that the node holds: {@code GET /da/get-share}.
     *
     * @param blob the blob
     * @param column the column, 0 to 65535
     * @return the share; empty if the node does not have it
     */
    Optional<BlobShare> share(BlobId blob, int column);

    /**
     * Asks for all shares of a blob that the node holds: {@code GET /da/sampling/shares}.
     *
     * @param blob the blob
     * @return the shares by column; empty if the node does not know the blob
     */
    List<BlobShare> shares(BlobId blob);

    /**
     * Asks for some shares that the node holds: {@code GET /da/sampling/shares}.
     *
     * @param request which shares
     * @return the shares by column, without those the node does not hold; empty if the node does not know the blob
     */
    List<BlobShare> shares(BlobRequest.Shares request);

    /**
     * Submits a share: {@code POST /da/add-share}.
     *
     * @param commitments commitments of its blob
     * @param share the share
     */
    void addShare(BlobCommitments commitments, BlobShare share);

    /**
     * Lets the node ignore a peer: {@code POST /da/block-peer}.
     *
     * @param peerId the peer, known to the node or not
     * @return whether it was not blocked
     */
    boolean blockPeer(String peerId);

    /**
     * Lets the node no longer ignore a peer: {@code POST /da/unblock-peer}.
     *
     * @param peerId the peer
     * @return whether it was blocked
     */
    boolean unblockPeer(String peerId);

    /** Asks for the ids of the blocked peers: {@code GET /da/blacklisted-peers}. */
    List<String> blockedPeers();

    /** Asks for connections to members of each subnet: {@code GET /da/balancer-stats}; empty without a session. */
    SortedMap<Integer, SubnetConnections> balancerStats();

    /** Asks which peers failed, by peer id: {@code GET /da/monitor-stats}. */
    SortedMap<String, PeerFailures> monitorStats();

    /**
     * Asks for the members of a session: {@code POST /test/da/membership} on the testing port.
     *
     * @param session the session, unsigned
     * @return the members; none if the session is unknown or has not begun
     */
    BlobMembership membership(long session);

    /**
     * Has the node sample blobs now: {@code POST /test/da/historic-sampling} on the testing port. Waits at least 35 s.
     *
     * @param block the block that contains them
     * @param blobs the blobs with their sessions
     * @return whether all are available
     */
    boolean historicSampling(HeaderId block, List<BlobRequest.Commitments> blobs);
}
