package org.junitnomos.feed;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.client.NodeClient;
import org.junitnomos.client.NodeStream;
import org.junitnomos.mantle.ApiBlock;
import org.junitnomos.time.Timeline;

/**
 * Waits between two polls of one node, in real time: until the node's block stream tells of a block, or the period is
 * over. What the stream says is only compared with what the node says elsewhere, so nothing else depends on it but the
 * delay.
 *
 * <p>A node without a stream is read once a period. A stream that broke is opened again when the node answers, after a
 * pause that grows as long as streams break without a block. Used by one thread.
 */
final class StreamWakeUp implements AutoCloseable {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /** Hears what the stream says. */
    interface Listener {

        /** The node announced a block. */
        void announced(ApiBlock block);

        /** The stream ended, or was given up. */
        void lost();
    }

    private final NodeClient client;
    private final Timeline timeline;
    private final Listener listener;
    private @Nullable NodeStream<ApiBlock> stream;
    private Duration pause = FIRST_PAUSE;
    private long openAt = Long.MIN_VALUE;

    StreamWakeUp(NodeClient client, Timeline timeline, Listener listener) {
        this.client = client;
        this.timeline = timeline;
        this.listener = listener;
    }

    /**
     * Waits until it is time to read the node again.
     *
     * @param period longest wait
     * @param answered whether the node answered the last poll
     */
    void await(Duration period, boolean answered) throws InterruptedException {
        if (!answered) {
            close();
        } else if (stream == null && timeline.nanos() >= openAt && open()) {
            // Poll at once: a block may have come after the last poll and before the stream.
            return;
        }
        NodeStream<ApiBlock> open = stream;
        if (open == null) {
            timeline.sleep(period);
            return;
        }
        awaitBlock(open, period);
        if (open.hasEnded()) {
            lost(pause);
        }
    }

    private boolean open() {
        try {
            stream = client.blockStream();
            return true;
        } catch (NodeApiException e) {
            // A status says that the node has no such route: no use in asking often.
            lost(e.kind() == NodeApiException.Kind.STATUS ? LONGEST_PAUSE : pause);
            return false;
        }
    }

    private void awaitBlock(NodeStream<ApiBlock> open, Duration period) throws InterruptedException {
        try {
            Optional<ApiBlock> block = open.next(period);
            while (block.isPresent()) {
                pause = FIRST_PAUSE;
                listener.announced(block.get());
                block = open.next(Duration.ZERO);
            }
        } catch (NodeApiException e) {
            // A line of another shape announces a block as well, and a broken stream has ended.
            return;
        }
    }

    private void lost(Duration before) {
        close();
        openAt = timeline.nanos() + before.toNanos();
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    /** Ends the stream, if there is one. */
    @Override
    public void close() {
        if (stream != null) {
            stream.close();
            stream = null;
            listener.lost();
        }
    }
}
