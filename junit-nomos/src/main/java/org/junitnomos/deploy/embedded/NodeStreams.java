package org.junitnomos.deploy.embedded;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.junitnomos.devnode.ApiResponse;
import org.junitnomos.devnode.NodeCore;
import org.junitnomos.time.Timeline;

/** The streams of one node that a reader has open. Every method is called with the lock of the node, or takes it. */
final class NodeStreams {
    private final Timeline timeline;
    private final ReentrantLock lock;
    private final Predicate<NodeCore> isCurrent;
    private final Set<LineStream> streams = new LinkedHashSet<>();

    NodeStreams(Timeline timeline, ReentrantLock lock, Predicate<NodeCore> isCurrent) {
        this.timeline = timeline;
        this.lock = lock;
        this.isCurrent = isCurrent;
    }

    LineStream open(String name, NodeCore core, ApiResponse.LineSource lines) {
        var stream = new LineStream(name, timeline, closing -> closed(closing, core, lines));
        streams.add(stream);
        lines.begin(stream::line, stream::end);
        return stream;
    }

    private void closed(LineStream stream, NodeCore of, ApiResponse.LineSource lines) {
        lock.lock();
        try {
            streams.remove(stream);
            if (isCurrent.test(of)) {
                lines.close();
            }
        } finally {
            lock.unlock();
        }
    }

    void endAll() {
        streams.forEach(LineStream::end);
    }

    /** Names the streams that no reader has closed. */
    List<String> names() {
        lock.lock();
        try {
            return streams.stream().map(LineStream::name).toList();
        } finally {
            lock.unlock();
        }
    }
}
