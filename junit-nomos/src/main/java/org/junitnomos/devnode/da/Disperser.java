package org.junitnomos.devnode.da;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.mantle.BlobCoding;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.TxHash;

/** Hands the columns of a blob over to their subnets, as an executor does (node contract 4.3). */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class Disperser {
    static final long TIMEOUT_NANOS = 20_000_000_000L;
    static final long RETRY_COOLDOWN_NANOS = 3_000_000_000L;
    static final int RETRY_LIMIT = 2;

    /** What a node says if it cannot tell why (node contract 1.4). */
    public static final String FAILED = "Failed to disperse data";

    /** A member that is silent for so long is passed over; a real node notices that its connection is closed. */
    static final long ANSWER_NANOS = 4_000_000_000L;

    private final DataPeers peers;
    private final Map<TxHash, Dispersal> active = new LinkedHashMap<>();

    Disperser(DataPeers peers) {
        this.peers = peers;
    }

    /** What is left to do for one blob. */
    private static final class Dispersal {
        private final SignedMantleTx transaction;
        private final BlobCoding.Coded coded;
        private final Membership membership;
        private final List<Consumer<@Nullable String>> waiting = new ArrayList<>();
        private final TreeMap<Integer, Turn> open = new TreeMap<>();
        private int retries;

        Dispersal(SignedMantleTx transaction, BlobCoding.Coded coded, Membership membership) {
            this.transaction = transaction;
            this.coded = coded;
            this.membership = membership;
        }
    }

    /** Whose turn it is to take one column. */
    private static final class Turn {
        private @Nullable DaMember asked;
        private int number;
    }

    /**
     * Disperses a blob to all subnets of a session.
     *
     * @param transaction the transaction with the blob operation
     * @param membership members of the session
     * @param now current time, nanoseconds
     * @param outcome takes what the node says of a failure; null once a member of every subnet holds its column
     */
    public void disperse(
            SignedMantleTx transaction,
            BlobCoding.Coded coded,
            Membership membership,
            long now,
            Consumer<@Nullable String> outcome) {
        Dispersal running = active.get(transaction.hash());
        if (running != null) {
            running.waiting.add(outcome);
            return;
        }
        Dispersal dispersal = new Dispersal(transaction, coded, membership);
        dispersal.waiting.add(outcome);
        active.put(transaction.hash(), dispersal);
        long due = now + TIMEOUT_NANOS;
        peers.port().at(due, () -> {
            if (isActive(dispersal)) {
                fail(
                        dispersal,
                        "no receipt of columns " + dispersal.open.keySet() + " within 20 s",
                        "deadline has elapsed");
            }
        });
        begin(dispersal, now);
    }

    private void begin(Dispersal dispersal, long now) {
        int columns = dispersal.membership.subnets().size();
        for (int column = 0; column < columns; column++) {
            if (peers.reachable(dispersal.membership.holders(column), now).isEmpty()) {
                retry(dispersal, column, now);
                return;
            }
        }
        for (int column = 0; column < columns; column++) {
            dispersal.open.put(column, new Turn());
        }
        for (int column = 0; column < columns; column++) {
            handOver(dispersal, column, now);
        }
    }

    private void retry(Dispersal dispersal, int column, long now) {
        if (dispersal.retries == RETRY_LIMIT) {
            fail(dispersal, "nobody of subnet " + column + " is connected", "Retry limit reached");
            return;
        }
        dispersal.retries++;
        long due = now + RETRY_COOLDOWN_NANOS;
        peers.port().at(due, () -> {
            if (isActive(dispersal)) {
                begin(dispersal, due);
            }
        });
    }

    /** Gives a column to the next member in turn; a blob begins with a member that its id chooses. */
    private void handOver(Dispersal dispersal, int column, long now) {
        Turn turn = dispersal.open.get(column);
        if (turn == null) {
            return;
        }
        List<DaMember> members = peers.reachable(dispersal.membership.holders(column), now);
        if (members.isEmpty()) {
            return;
        }
        int number = turn.number++;
        int first = dispersal.coded.commitments().blobId().toBytes()[0] & 255;
        DaMember member = members.get((first + number) % members.size());
        turn.asked = member;
        peers.port().at(now + ANSWER_NANOS, () -> {
            if (isActive(dispersal) && dispersal.open.get(column) == turn && turn.number == number + 1) {
                peers.failed(member, PeerMonitor.Failure.DISPERSAL, now + ANSWER_NANOS);
                handOver(dispersal, column, now + ANSWER_NANOS);
            }
        });
        DaMessage message = new DaMessage.Dispersal(
                dispersal.transaction,
                dispersal.coded.commitments(),
                dispersal.coded.shares().get(column),
                false);
        peers.send(member, message, now);
    }

    void receive(String from, DaMessage.Receipt receipt, long now) {
        Dispersal dispersal = active.get(receipt.transaction());
        Turn turn = dispersal == null ? null : dispersal.open.get(receipt.column());
        if (dispersal == null || turn == null || turn.asked == null) {
            return;
        }
        boolean holder = dispersal.membership.holders(receipt.column()).stream()
                .anyMatch(member -> member.name().equals(from));
        if (receipt.accepted() && holder) {
            dispersal.open.remove(receipt.column());
            if (dispersal.open.isEmpty()) {
                finish(dispersal, null);
            }
        } else if (turn.asked.name().equals(from)) {
            peers.failed(turn.asked, PeerMonitor.Failure.DISPERSAL, now);
            if (turn.number >= dispersal.membership.holders(receipt.column()).size()) {
                fail(dispersal, "nobody of subnet " + receipt.column() + " takes its column", FAILED);
            } else {
                handOver(dispersal, receipt.column(), now);
            }
        }
    }

    private boolean isActive(Dispersal dispersal) {
        return active.get(dispersal.transaction.hash()) == dispersal;
    }

    private void fail(Dispersal dispersal, String reason, String answer) {
        peers.port()
                .info("Failed to disperse blob " + dispersal.coded.commitments().blobId() + ": " + reason + ".");
        finish(dispersal, answer);
    }

    private void finish(Dispersal dispersal, @Nullable String problem) {
        active.remove(dispersal.transaction.hash());
        dispersal.waiting.forEach(outcome -> outcome.accept(problem));
    }
}
