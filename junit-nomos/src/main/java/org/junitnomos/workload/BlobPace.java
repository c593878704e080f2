package org.junitnomos.workload;

/** Hands out the blobs that are due: so many a block, which do not pile up beyond one a channel. Thread-safe. */
final class BlobPace {
    private final int rate;
    private final int most;
    private long height;
    private long due;
    private long heldBack;

    BlobPace(int rate, int channels, long height) {
        this.rate = rate;
        this.most = Math.max(rate, channels);
        this.height = height;
        this.due = rate;
    }

    /** Take a blob if one is due at a height of the chain. */
    synchronized boolean take(long now) {
        if (now > height) {
            due += rate * (now - height);
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

    synchronized long heldBack() {
        return heldBack;
    }
}
