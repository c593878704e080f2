package org.junitnomos.devnode.da;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apiguardian.api.API;

/** Remembers which peers failed lately, and which are blocked (node contract 1.4). */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class PeerMonitor {
    /** Time window of the rates of failures (node contract 5.4). */
    private static final long WINDOW_NANOS = 5_000_000_000L;

    /** What a peer failed at. */
    public enum Failure {
        /** It refused a column, or did not answer when it was given one. */
        DISPERSAL,
        /** It did not give a column it should hold, or a wrong one. */
        SAMPLING,
        /** It passed on a wrong column. */
        REPLICATION
    }

    private final TreeMap<String, Map<Failure, ArrayDeque<Long>>> failures = new TreeMap<>();
    private final TreeSet<String> blocked = new TreeSet<>();

    void failed(DaMember member, Failure failure, long now) {
        ArrayDeque<Long> times = failures.computeIfAbsent(member.peerId(), id -> new EnumMap<>(Failure.class))
                .computeIfAbsent(failure, kind -> new ArrayDeque<>());
        times.add(now);
        forgetOld(times, now);
    }

    private static void forgetOld(ArrayDeque<Long> times, long now) {
        while (!times.isEmpty() && now - times.peek() > WINDOW_NANOS) {
            times.remove();
        }
    }

    /**
     * Counts the failures of a peer in the last five seconds.
     *
     * @param failure what it failed at
     * @param now current time, nanoseconds
     * @return the number of failures
     */
    public int count(String peerId, Failure failure, long now) {
        SortedMap<String, Map<Failure, ArrayDeque<Long>>> all = failures;
        ArrayDeque<Long> times = all.getOrDefault(peerId, Map.of()).get(failure);
        if (times == null) {
            return 0;
        }
        forgetOld(times, now);
        return times.size();
    }

    /** Lists the ids, in order, of the peers that ever failed. */
    public List<String> known() {
        return List.copyOf(failures.keySet());
    }

    /**
     * Blocks a peer, known or not: nothing is sent to it or taken from it about blobs. False if it was blocked before.
     */
    public boolean block(String peerId) {
        return blocked.add(peerId);
    }

    /** Stops blocking a peer; false if it was not blocked. */
    public boolean unblock(String peerId) {
        return blocked.remove(peerId);
    }

    /** {@return the ids of the blocked peers, in order} */
    public SortedSet<String> blocked() {
        return new TreeSet<>(blocked);
    }

    boolean isBlocked(DaMember member) {
        return blocked.contains(member.peerId());
    }
}
