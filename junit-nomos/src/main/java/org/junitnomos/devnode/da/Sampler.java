package org.junitnomos.devnode.da;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junitnomos.mantle.BlobCommitments;

/**
 * Finds out whether blobs are available: fetches and verifies as many columns as give back the blob (node contract 4.3,
 * step 7). The columns are drawn by chance; one that nobody gives is replaced by another one, so that all nodes come to
 * the same answer: available as long as half of the columns are. What it found is not remembered here.
 */
final class Sampler {
    /** A member that is silent for so long is passed over. */
    static final long ANSWER_NANOS = 2_000_000_000L;

    private final DaSettings settings;
    private final Sessions sessions;
    private final DataPeers peers;
    private final ShareStore store;
    private final DaRules rules;
    private final Random chance;
    private final Map<BlobRef, Sampling> running = new LinkedHashMap<>();

    Sampler(DaSettings settings, Sessions sessions, DataPeers peers, ShareStore store, DaRules rules, Random chance) {
        this.settings = settings;
        this.sessions = sessions;
        this.peers = peers;
        this.store = store;
        this.rules = rules;
        this.chance = chance;
    }

    /** How far the sampling of one blob is. */
    private static final class Sampling {
        private final BlobRef blob;
        private final List<Completion> waiting = new ArrayList<>();
        private final TreeSet<Integer> good = new TreeSet<>();
        private final List<Integer> columns = new ArrayList<>();
        private final TreeMap<Integer, Ask> open = new TreeMap<>();
        private @Nullable BlobCommitments commitments;

        Sampling(BlobRef blob) {
            this.blob = blob;
        }
    }

    /** Who is asked for a column, and who is left. */
    private static final class Ask {
        private final List<DaMember> left;
        private @Nullable DaMember asked;

        Ask(List<DaMember> left) {
            this.left = left;
        }
    }

    /**
     * Samples a blob, or hears the outcome of the sampling that runs.
     *
     * @param now current time, nanoseconds
     * @param completion hears whether it is available
     */
    void sample(BlobRef blob, long now, Completion completion) {
        fetch(blob, now, (found, then) -> completion.done(found != null, then));
    }

    /** Hears the commitments of a blob; null if it is not available. */
    interface Fetched {
        void done(@Nullable BlobCommitments commitments, long now);
    }

    void fetch(BlobRef blob, long now, Fetched fetched) {
        Sampling known = running.get(blob);
        if (known != null) {
            known.waiting.add((success, then) -> fetched.done(success ? known.commitments : null, then));
            return;
        }
        Sampling sampling = new Sampling(blob);
        sampling.waiting.add((success, then) -> fetched.done(success ? sampling.commitments : null, then));
        running.put(blob, sampling);
        Membership membership = sessions.membership(blob.session());
        if (!membership.isEmpty()) {
            sampling.commitments = store.commitments(blob.blob());
            sampling.good.addAll(store.given(blob.blob()).keySet());
        }
        for (int column = 0; column < membership.subnets().size(); column++) {
            if (!sampling.good.contains(column)) {
                sampling.columns.add(column);
            }
        }
        Collections.shuffle(sampling.columns, chance);
        proceed(sampling, now);
    }

    private void proceed(Sampling sampling, long now) {
        if (sampling.good.size() >= settings.needed()) {
            finish(sampling, true, now);
            return;
        }
        while (sampling.good.size() + sampling.open.size() < settings.needed() && !sampling.columns.isEmpty()) {
            int column = sampling.columns.remove(0);
            List<DaMember> holders =
                    new ArrayList<>(sessions.membership(sampling.blob.session()).holders(column));
            holders.removeIf(peers::isSelf);
            Collections.shuffle(holders, chance);
            sampling.open.put(column, new Ask(holders));
            askNext(sampling, column, now);
        }
        if (sampling.good.size() + sampling.open.size() < settings.needed()) {
            finish(sampling, false, now);
        }
    }

    /** Asks the next holder of a column, or gives the column up. */
    private void askNext(Sampling sampling, int column, long now) {
        Ask ask = sampling.open.get(column);
        if (ask == null) {
            return;
        }
        ask.left.removeIf(member -> !peers.reaches(member, now));
        if (ask.left.isEmpty()) {
            sampling.open.remove(column);
            return;
        }
        DaMember member = ask.left.remove(0);
        ask.asked = member;
        long due = now + ANSWER_NANOS;
        peers.port().at(due, () -> {
            if (running.get(sampling.blob) == sampling && sampling.open.get(column) == ask && ask.asked == member) {
                peers.failed(member, PeerMonitor.Failure.SAMPLING, due);
                goOn(sampling, column, due);
            }
        });
        peers.send(member, new DaMessage.ShareRequest(sampling.blob.blob(), column), now);
    }

    private void goOn(Sampling sampling, int column, long now) {
        askNext(sampling, column, now);
        proceed(sampling, now);
    }

    void receive(String from, DaMessage.ShareAnswer answer, long now) {
        for (Sampling sampling : List.copyOf(running.values())) {
            Ask ask = sampling.open.get(answer.column());
            if (ask == null
                    || ask.asked == null
                    || !ask.asked.name().equals(from)
                    || !sampling.blob.blob().equals(answer.blob())) {
                continue;
            }
            if (isRight(answer)) {
                sampling.open.remove(answer.column());
                sampling.good.add(answer.column());
                sampling.commitments = answer.commitments();
                proceed(sampling, now);
            } else {
                if (answer.commitments() != null) { // else its holder does not know the blob, which is no failure
                    peers.failed(ask.asked, PeerMonitor.Failure.SAMPLING, now);
                }
                goOn(sampling, answer.column(), now);
            }
        }
    }

    private boolean isRight(DaMessage.ShareAnswer answer) {
        BlobCommitments commitments = answer.commitments();
        return commitments != null
                && answer.share() != null
                && answer.share().index() == answer.column()
                && commitments.blobId().equals(answer.blob())
                && commitments.columns() == settings.columns()
                && rules.verifies(commitments, answer.share());
    }

    private void finish(Sampling sampling, boolean success, long now) {
        if (running.remove(sampling.blob) != sampling) {
            return;
        }
        if (!success) {
            peers.port()
                    .info("Blob " + sampling.blob.blob() + " is not available: only columns " + sampling.good
                            + " of session " + Long.toUnsignedString(sampling.blob.session()) + " can be had, expected "
                            + settings.needed() + " of " + settings.columns() + ".");
        }
        sampling.waiting.forEach(completion -> completion.done(success, now));
    }
}
