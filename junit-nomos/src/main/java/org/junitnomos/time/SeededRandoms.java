package org.junitnomos.time;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apiguardian.api.API;

/**
 * Named streams of chance drawn from one seed: each consumer has its own, so that adding one does not shift the others.
 *
 * <p>Thread-safe. A stream is deterministic only as far as its draws happen in a deterministic order.
 */
@API(status = INTERNAL, since = "0.1")
public final class SeededRandoms {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final long seed;
    private final Runnable beforeDraw;
    private final Map<String, Random> streams = new TreeMap<>();

    /** Creates the streams of a run. */
    public SeededRandoms(long seed) {
        this(seed, () -> {});
    }

    /**
     * Creates the streams of a run.
     *
     * @param beforeDraw called before each draw, by the thread that draws; what it throws is thrown by the draw
     */
    public SeededRandoms(long seed, Runnable beforeDraw) {
        this.seed = seed;
        this.beforeDraw = beforeDraw;
    }

    /** Draws what {@link Random} draws: all its methods take their bits from {@link #next}. */
    private static final class Checked extends Random {
        private static final long serialVersionUID = 1L;

        private final transient Runnable beforeDraw;

        Checked(long seed, Runnable beforeDraw) {
            super(seed);
            this.beforeDraw = beforeDraw;
        }

        @Override
        protected int next(int bits) {
            beforeDraw.run();
            return super.next(bits);
        }
    }

    /** Returns the seed of the run. */
    public long seed() {
        return seed;
    }

    /** Returns the stream of that name; the same object for the same name. */
    public synchronized Random random(String stream) {
        return streams.computeIfAbsent(stream, name -> new Checked(streamSeed(seed, name), beforeDraw));
    }

    /**
     * Derives the seed of a stream: FNV-1a over the UTF-8 bytes of its name, mixed with the run's seed by the
     * SplitMix64 finalizer. The same on every JDK and in every release; journals depend on it.
     */
    public static long streamSeed(long seed, String stream) {
        long hash = FNV_OFFSET;
        for (byte b : stream.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * FNV_PRIME;
        }
        return mix(mix(seed) + hash);
    }

    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
