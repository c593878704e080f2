package org.junitnomos.devnode.da;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.mantle.BlobCoding;
import org.junitnomos.mantle.BlobCommitments;
import org.junitnomos.mantle.BlobShare;
import org.junitnomos.mantle.SignedMantleTx;

/** The data availability side of a node; see the package for its parts. Not thread-safe. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class DataAvailabilityService {
    /** What a row adds to a message with a share, and how long such a message can be (node contract 4.2). */
    private static final int BYTES_PER_ROW = 96;

    private static final int MAX_MESSAGE = 65_535;

    private final DaSettings settings;
    private final Sessions sessions;
    private final PeerMonitor monitor = new PeerMonitor();
    private final DataPeers peers;
    private final ShareStore store;
    private final ShareIntake intake;
    private final Sampler sampler;
    private final Disperser disperser;
    private final PendingBlobs pending;

    /**
     * What a node needs.
     *
     * @param rules decisions about shares and blobs
     * @param durable keeps a share across restarts
     * @param pool looks after the transactions that wait for a block
     * @param publisher takes transactions for the mempool, with the time in nanoseconds
     */
    public record Surroundings(
            DaRules rules,
            Consumer<StoredShare> durable,
            PendingBlobs.Pool pool,
            BiConsumer<SignedMantleTx, Long> publisher) {}

    /**
     * Creates it without shares.
     *
     * @param sessions the members
     * @param port reaches the peers
     * @param seed seed of its chance
     * @param surroundings what else it needs
     */
    public DataAvailabilityService(
            DaSettings settings, Sessions sessions, DaPort port, long seed, Surroundings surroundings) {
        this.settings = settings;
        this.sessions = sessions;
        this.peers = new DataPeers(port, monitor, sessions);
        this.store = new ShareStore(surroundings.durable());
        this.intake = new ShareIntake(settings, sessions, peers, store, surroundings.rules(), surroundings.publisher());
        this.sampler = new Sampler(settings, sessions, peers, store, surroundings.rules(), new Random(seed));
        this.disperser = new Disperser(peers);
        this.pending = new PendingBlobs(sampler, port, surroundings.rules(), surroundings.pool());
    }

    /** Takes the shares of an earlier life. */
    public void load(List<StoredShare> stored) {
        store.load(stored);
    }

    /**
     * Takes a message.
     *
     * @param from name of the sender
     * @param now current time, nanoseconds
     */
    public void receive(String from, DaMessage message, long now) {
        if (peers.isBlocked(from)) {
            return;
        }
        if (message instanceof DaMessage.Dispersal dispersal) {
            intake.receive(from, dispersal, now);
        } else if (message instanceof DaMessage.Receipt receipt) {
            disperser.receive(from, receipt, now);
        } else if (message instanceof DaMessage.ShareRequest request) {
            @Nullable BlobCommitments commitments = store.commitments(request.blob());
            @Nullable BlobShare share = store.given(request.blob()).get(request.column());
            DaMessage answer = new DaMessage.ShareAnswer(request.blob(), request.column(), commitments, share);
            peers.port().send(from, answer, now);
        } else if (message instanceof DaMessage.ShareAnswer answer) {
            sampler.receive(from, answer, now);
        }
    }

    /**
     * Codes a blob into columns.
     *
     * @return the blob; null if it is empty, not made of elements of 31 bytes, or too large for the messages of a node
     */
    public BlobCoding.@Nullable Coded encode(byte[] data) {
        int width = settings.needed() * BlobCoding.ELEMENT_LENGTH;
        boolean fits = (long) (data.length + width - 1) / width * BYTES_PER_ROW <= MAX_MESSAGE;
        return data.length == 0 || data.length % BlobCoding.ELEMENT_LENGTH != 0 || !fits
                ? null
                : BlobCoding.encode(data, settings.columns());
    }

    /** Adds a share that a client submits; returns what is wrong with it, or null if it was taken. */
    public @Nullable String add(BlobCommitments commitments, BlobShare share) {
        return intake.add(commitments, share);
    }

    /**
     * Asks the members of a session for the commitments of a blob.
     *
     * @param now current time, nanoseconds
     * @param answer takes them; null if nobody has them
     */
    public void fetchCommitments(BlobRef blob, long now, Consumer<@Nullable BlobCommitments> answer) {
        sampler.fetch(blob, now, (commitments, then) -> answer.accept(commitments));
    }

    /**
     * Samples blobs now, whatever was found before.
     *
     * @param now current time, nanoseconds
     * @param completion hears whether all are available; at once if there is nothing to find out
     */
    public void sampleAll(List<BlobRef> blobs, long now, Completion completion) {
        new AllSampled(sampler, blobs).start(now, completion);
    }

    /**
     * Counts the members of each subnet of the current session that are connected.
     *
     * @param now current time, nanoseconds
     * @return by column, how many connections others opened and how many this node did
     */
    public Map<Integer, Connections> connections(long now) {
        Membership membership = sessions.membership(sessions.current());
        DaMember self = membership.find(peers.port().self());
        Map<Integer, Connections> counts = new TreeMap<>();
        for (int column = 0; column < membership.subnets().size(); column++) {
            int inbound = 0;
            int outbound = 0;
            for (DaMember member : membership.holders(column)) {
                if (!peers.isSelf(member) && peers.reaches(member, now)) {
                    boolean dialed = self == null || self.peerId().compareTo(member.peerId()) < 0;
                    outbound += dialed ? 1 : 0;
                    inbound += dialed ? 0 : 1;
                }
            }
            counts.put(column, new Connections(inbound, outbound));
        }
        return counts;
    }

    /**
     * The number of connections.
     *
     * @param inbound connections that others opened
     * @param outbound connections that this node opened
     */
    public record Connections(int inbound, int outbound) {}

    /** {@return the members by session} */
    public Sessions sessions() {
        return sessions;
    }

    /** {@return the shares of this node} */
    public ShareStore store() {
        return store;
    }

    /** {@return what is known of the peers} */
    public PeerMonitor monitor() {
        return monitor;
    }

    /** {@return what disperses blobs} */
    public Disperser disperser() {
        return disperser;
    }

    /** {@return what watches transactions that wait for a block} */
    public PendingBlobs pending() {
        return pending;
    }
}
