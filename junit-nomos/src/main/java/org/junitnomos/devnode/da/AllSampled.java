package org.junitnomos.devnode.da;

import java.util.List;

/** Samples several blobs at once. */
final class AllSampled {
    private final Sampler sampler;
    private final List<BlobRef> blobs;
    private int left;
    private boolean all = true;

    AllSampled(Sampler sampler, List<BlobRef> blobs) {
        this.sampler = sampler;
        this.blobs = blobs;
        this.left = blobs.size();
    }

    /** Hears whether all are available once the last outcome is known; at once if there is nothing to find out. */
    void start(long now, Completion completion) {
        if (blobs.isEmpty()) {
            completion.done(true, now);
        }
        for (BlobRef blob : blobs) {
            sampler.sample(blob, now, (available, then) -> ended(available, then, completion));
        }
    }

    private void ended(boolean available, long now, Completion completion) {
        all &= available;
        if (--left == 0) {
            completion.done(all, now);
        }
    }
}
