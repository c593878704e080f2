package org.junitnomos.client;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The open streams of a client, or of all clients, so that closing those ends them. Thread-safe. */
final class OpenStreams {

    private final @Nullable OpenStreams all;
    private final Set<NodeStream<?>> streams = new LinkedHashSet<>();
    private volatile boolean closed;

    OpenStreams(@Nullable OpenStreams all) {
        this.all = all;
    }

    void add(NodeStream<?> stream) {
        boolean late;
        synchronized (this) {
            late = closed;
            if (!late) {
                streams.add(stream);
            }
        }
        if (late) {
            stream.close();
        } else if (all != null) {
            all.add(stream);
        }
    }

    void remove(NodeStream<?> stream) {
        synchronized (this) {
            streams.remove(stream);
        }
        if (all != null) {
            all.remove(stream);
        }
    }

    /** Whether no stream can be opened any more: its client is closed, or all are. */
    boolean isClosed() {
        return closed || (all != null && all.isClosed());
    }

    void close() {
        List<NodeStream<?>> open;
        synchronized (this) {
            closed = true;
            open = new ArrayList<>(streams);
        }
        open.forEach(NodeStream::close);
    }
}
