package org.junitnomos.devnode.da;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junitnomos.mantle.BlobCommitments;
import org.junitnomos.mantle.BlobShare;
import org.junitnomos.mantle.ChannelBlob;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.TxHash;

/**
 * Takes columns that this node is to hold, passes them on within the subnet, and publishes the transaction once enough
 * of them are here (node contract 4.3, step 6).
 */
final class ShareIntake {
    /** How long a node waits for all of its columns before it is content with most of them. */
    private static final long SHARE_NANOS = 5_000_000_000L;

    private static final long PRUNE_NANOS = 30_000_000_000L;
    private static final int PUBLISH_PERCENT = 80;

    private final DaSettings settings;
    private final Sessions sessions;
    private final DataPeers peers;
    private final ShareStore store;
    private final DaRules rules;
    private final BiConsumer<SignedMantleTx, Long> publisher;
    private final Map<TxHash, Arrival> arrivals = new HashMap<>();

    private static final class Arrival {
        private final TreeSet<Integer> columns = new TreeSet<>();
        private boolean published;
    }

    ShareIntake(
            DaSettings settings,
            Sessions sessions,
            DataPeers peers,
            ShareStore store,
            DaRules rules,
            BiConsumer<SignedMantleTx, Long> publisher) {
        this.settings = settings;
        this.sessions = sessions;
        this.peers = peers;
        this.store = store;
        this.rules = rules;
        this.publisher = publisher;
    }

    void receive(String from, DaMessage.Dispersal dispersal, long now) {
        SignedMantleTx transaction = dispersal.transaction();
        int column = dispersal.share().index();
        @Nullable String problem = findProblem(dispersal);
        if (problem != null) {
            peers.port()
                    .badMessage(from, "column " + column + " of transaction " + transaction.hash() + ": " + problem);
            if (dispersal.replica()) {
                peers.failed(from, PeerMonitor.Failure.REPLICATION, now);
            } else {
                peers.port().send(from, new DaMessage.Receipt(transaction.hash(), column, false), now);
            }
            return;
        }
        if (rules.keeps(dispersal.commitments(), dispersal.share())) {
            store.add(dispersal.commitments(), dispersal.share());
        }
        if (!dispersal.replica()) {
            peers.port().send(from, new DaMessage.Receipt(transaction.hash(), column, true), now);
            replicate(dispersal, now);
        }
        arrived(transaction, column, now);
    }

    /** Adds a share that a client submits; null if it was taken, or what is wrong with it. */
    @Nullable
    String add(BlobCommitments commitments, BlobShare share) {
        if (commitments.columns() != settings.columns() || !rules.verifies(commitments, share)) {
            return "the share does not belong to the blob committed to";
        }
        if (rules.keeps(commitments, share)) {
            store.add(commitments, share);
        }
        return null;
    }

    private @Nullable String findProblem(DaMessage.Dispersal dispersal) {
        SignedMantleTx transaction = dispersal.transaction();
        BlobCommitments commitments = dispersal.commitments();
        ChannelBlob blob =
                transaction.tx().ops().size() == 1 && transaction.tx().ops().get(0) instanceof ChannelBlob only
                        ? only
                        : null;
        if (blob == null || !blob.blob().equals(commitments.blobId())) {
            return "its one operation does not announce the blob";
        }
        if (transaction.findShapeError().isPresent()) {
            return transaction.findShapeError().get();
        }
        Membership membership = sessions.membership(blob.session());
        if (!membership
                .columnsOf(peers.port().self())
                .contains(dispersal.share().index())) {
            return "the column is not for this node in session " + Long.toUnsignedString(blob.session());
        }
        if (commitments.columns() != settings.columns() || !rules.verifies(commitments, dispersal.share())) {
            return "the share does not belong to the blob committed to";
        }
        return null;
    }

    private void replicate(DaMessage.Dispersal dispersal, long now) {
        ChannelBlob blob = (ChannelBlob) dispersal.transaction().tx().ops().get(0);
        Membership membership = sessions.membership(blob.session());
        DaMessage replica =
                new DaMessage.Dispersal(dispersal.transaction(), dispersal.commitments(), dispersal.share(), true);
        for (DaMember member : membership.holders(dispersal.share().index())) {
            if (!peers.isSelf(member) && peers.reaches(member, now)) {
                peers.send(member, replica, now);
            }
        }
    }

    private void arrived(SignedMantleTx transaction, int column, long now) {
        ChannelBlob blob = (ChannelBlob) transaction.tx().ops().get(0);
        List<Integer> assigned =
                sessions.membership(blob.session()).columnsOf(peers.port().self());
        Arrival arrival = arrivals.get(transaction.hash());
        if (arrival == null) {
            Arrival first = new Arrival();
            arrival = first;
            arrivals.put(transaction.hash(), first);
            peers.port().at(now + SHARE_NANOS, () -> {
                if (first.columns.size() * 100 >= assigned.size() * PUBLISH_PERCENT) {
                    publish(first, transaction, now + SHARE_NANOS);
                }
            });
            peers.port().at(now + PRUNE_NANOS, () -> arrivals.remove(transaction.hash()));
        }
        arrival.columns.add(column);
        if (arrival.columns.containsAll(assigned)) {
            publish(arrival, transaction, now);
        }
    }

    private void publish(Arrival arrival, SignedMantleTx transaction, long now) {
        if (!arrival.published) {
            arrival.published = true;
            publisher.accept(transaction, now);
        }
    }
}
