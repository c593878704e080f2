package org.junitnomos.workload;

/** Hands out the blobs that are due: so many a block, which do not pile up beyond one a channel. Thread-safe. */
final class BlobPace {
    private final int rate;
    private final int most;
    private long height;
    private long due;
    private long all;
    private long heldBack;

    BlobPace(int rate, int channels, long height) {
        this.rate = rate;
        this.most = Math.max(rate, channels);
        this.height = height;
        this.due = rate;
        this.all = rate;
    }

    /** Takes a blob if one is due at a height of the chain. */
    synchronized boolean take(long now) {
        if (now > height) {
            long more = rate * (now - height);
            all += more;
            due += more;
            height = now;
            heldBack += Math.max(0, due - most);
            due = Math.min(due, most);
        }
        if (due == 0) {
            return false;
        }
        due--;
        return true;
    }

    /** How many were due so far. */
    synchronized long all() {
        return all;
    }

    /** How many of them no channel took. */
    synchronized long heldBack() {
        return heldBack + due;
    }
}
