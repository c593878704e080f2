package org.junitnomos.feed;

import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.Memo;

/**
 * Blocks that one node served in a way that does not fit: it is asked for them again, but after 2, 4, 8, ... polls, at
 * most {@value #LONGEST_PAUSE}. Bounded; a block that falls out is only asked for sooner. Used by one thread at a time.
 */
final class Refusals {

    static final int LONGEST_PAUSE = 64;
    private static final int REMEMBERED = 256;

    private record Retry(long poll, int pause) {}

    private final Memo<HeaderId, Retry> blocks = Memo.ofLastAdded(REMEMBERED);

    void add(HeaderId block, long poll) {
        Retry before = blocks.get(block);
        int pause = before == null ? 2 : Math.min(LONGEST_PAUSE, 2 * before.pause());
        blocks.put(block, new Retry(poll + pause, pause));
    }

    void remove(HeaderId block) {
        blocks.remove(block);
    }

    boolean contains(HeaderId block) {
        return blocks.contains(block);
    }

    /** Whether the block is not to be asked for in a poll. */
    boolean waits(HeaderId block, long poll) {
        Retry retry = blocks.get(block);
        return retry != null && poll < retry.poll();
    }
}
