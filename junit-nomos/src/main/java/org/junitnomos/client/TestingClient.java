package org.junitnomos.client;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.defect.NodeDefect;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.topology.LinkSpec;

/**
 * Controls links and clock of a dev node through its testing port. Thread-safe; every method blocks for one exchange.
 *
 * <p>Routes (JSON, times in microseconds): {@code GET /test/dev/links} answers a list of
 * {@code {"peer":"validator-1","up":true,"connected":true,"latency_us":20000,"jitter_us":10000,"loss_per_mille":0,
 * "bytes_per_second":0}};
 * {@code POST /test/dev/links} takes a list of the same objects without {@code connected} (only the named peers
 * change; an unknown peer is 404) and answers like GET; {@code GET} and {@code POST /test/dev/clock} carry
 * {@code {"skew_us":0}}. {@code POST /test/dev/peers} takes a list of {@code {"peer":"validator-3",
 * "address":"127.0.0.1:4711"}} (an unknown peer is added, a known one moves to the address) and
 * {@code DELETE /test/dev/peers/validator-3} takes one away; with {@code "reconnect":true} the connection to it is
 * opened anew. {@code GET /test/dev/proposals} answers a list of {@code {"id":"...","slot":7,"height":3}}.
 *
 * <p>Every method throws {@link NodeApiException} if the node has no testing port, cannot be reached or is no dev node.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface TestingClient {

    /** Asks for the links of the node, one entry a peer, in the order of the peers. */
    List<PeerLink> links();

    /**
     * Changes links of the node.
     *
     * @param changes the links to change; {@code connected} is not sent
     * @return all links afterwards
     */
    List<PeerLink> setLinks(List<PeerLink> changes);

    /**
     * Adds peers, with links of the usual quality that are up; peers that the node knows only move to their address.
     *
     * @param peers the peers
     */
    void addPeers(List<Peer> peers);

    /**
     * Lets the node give up its connections to some peers, if there are any, and open others, whether or not links to
     * them are cut: {@code POST /test/dev/peers} with {@code {"peer":"validator-1","reconnect":true}}. Does nothing
     * where nodes have no connections, inside one JVM.
     *
     * @param peers names of peers that the node knows; others are added
     */
    void reconnect(List<String> peers);

    /**
     * Asks how the node is connected with its peers: {@code GET /test/dev/peers}. This is about connections, which
     * links use: that of a link that was cut at the nodes stays. Fails where nodes have no connections, inside one JVM.
     *
     * @return one entry a peer, in the order of the peers
     */
    List<Connection> connections();

    /**
     * The connection over which a node sends to a peer.
     *
     * @param peer name of the peer
     * @param open whether it is open
     * @param unreachable how many attempts to open it found nobody, since it was open or a new one was asked for
     */
    record Connection(String peer, boolean open, long unreachable) {
        public Connection {
            Objects.requireNonNull(peer, "peer");
        }
    }

    /**
     * Takes a peer away, and the link to it.
     *
     * @param peer name of the peer; one that the node does not know is refused with status 404
     */
    void removePeer(String peer);

    /**
     * Asks for the metrics of the node as it tells them: {@code GET /metrics}, Prometheus text of at most 1 MiB.
     *
     * @return the text, not checked
     */
    String metrics();

    /** Asks how far the node's clock is ahead; negative if behind. */
    Duration clockSkew();

    /**
     * Sets how far the node's clock is ahead.
     *
     * @param ahead negative: behind; whole microseconds, the rest is cut off
     * @return the skew afterwards
     */
    Duration setClockSkew(Duration ahead);

    /**
     * Asks which blocks the node proposed, the last 64 at most, in earlier lives, too, oldest first; headers do not
     * tell, because in dev mode all leaders have one key.
     */
    List<Proposal> proposals();

    /**
     * A block that a node proposed; other leaders of the slot may have proposed the same one.
     *
     * @param block id of the block
     * @param slot its slot
     * @param height its height
     */
    record Proposal(HeaderId block, long slot, long height) {
        public Proposal {
            Objects.requireNonNull(block, "block");
        }
    }

    /**
     * Asks which columns the node does not give, or gives wrong: {@code GET /test/dev/shares}; none unless a test set
     * some.
     */
    ShareFaults shareFaults();

    /**
     * Lets the node not give some columns of blobs, and give others wrong: {@code POST /test/dev/shares} with
     * {@code {"withheld":[0],"corrupted":[1]}}. What it holds stays as it is.
     *
     * @param faults the columns; empty for none
     * @return what the node reports afterwards
     */
    ShareFaults setShareFaults(ShareFaults faults);

    /**
     * Asks which defects the node has: {@code GET /test/dev/defects} answers a list of names; none unless a test gave
     * it some.
     */
    List<NodeDefect> defects();

    /**
     * Lets the node have some defects from now on, and no others: {@code POST /test/dev/defects} with a list of names.
     *
     * @param defects the defects; empty for none
     * @return what the node reports afterwards
     */
    List<NodeDefect> setDefects(List<NodeDefect> defects);

    /**
     * Columns of blobs that a node does not give as it should.
     *
     * @param withheld columns that it does not give, in order
     * @param corrupted columns of which it gives wrong bytes, in order
     */
    record ShareFaults(List<Integer> withheld, List<Integer> corrupted) {
        public ShareFaults {
            withheld = List.copyOf(withheld);
            corrupted = List.copyOf(corrupted);
        }
    }

    /**
     * Another node, as a node is told of it.
     *
     * @param name its name
     * @param address where it is reached, {@code host:port}; null if its name is enough, as inside one JVM
     */
    record Peer(String name, @Nullable String address) {
        public Peer {
            Objects.requireNonNull(name, "name");
        }
    }

    /**
     * State of one link, seen from one end.
     *
     * @param peer name of the other node
     * @param up false if it was cut
     * @param connected whether both ends are up and the peer answers; null if not asked (in changes)
     * @param quality latency, jitter and loss of what this end sends
     */
    record PeerLink(String peer, boolean up, @Nullable Boolean connected, LinkSpec quality) {
        public PeerLink {
            Objects.requireNonNull(peer, "peer");
            Objects.requireNonNull(quality, "quality");
        }
    }
}
