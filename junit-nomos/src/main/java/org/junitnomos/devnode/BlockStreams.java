package org.junitnomos.devnode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junitnomos.devnode.chain.ChainBlock;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.MantleJson;

/** Feeds the open streams of {@code /cryptarchia/lib-stream} and {@code /cryptarchia/blocks/stream}. */
final class BlockStreams {
    private final List<Stream> finalized = new ArrayList<>();
    private final List<Stream> applied = new ArrayList<>();

    ApiResponse.LineSource openFinalized() {
        return new Stream(finalized);
    }

    ApiResponse.LineSource openApplied() {
        return new Stream(applied);
    }

    void publishFinalized(ChainBlock block) {
        if (!finalized.isEmpty()) {
            String line = "{\"height\":" + block.height() + ",\"header_id\":\"" + block.id() + "\"}";
            publish(finalized, line.getBytes(StandardCharsets.US_ASCII));
        }
    }

    void publishBlock(Block block) {
        if (!applied.isEmpty()) {
            publish(applied, MantleJson.encodeApi(block));
        }
    }

    void endAll() {
        List<Stream> open = new ArrayList<>(finalized);
        open.addAll(applied);
        finalized.clear();
        applied.clear();
        open.forEach(Stream::end);
    }

    private static void publish(List<Stream> streams, byte[] line) {
        for (Stream stream : List.copyOf(streams)) {
            stream.line(line);
        }
    }

    private static final class Stream implements ApiResponse.LineSource {
        private final List<Stream> siblings;
        private @Nullable Consumer<byte[]> sink;
        private @Nullable Runnable end;

        Stream(List<Stream> siblings) {
            this.siblings = siblings;
        }

        @Override
        public void begin(Consumer<byte[]> newSink, Runnable newEnd) {
            sink = newSink;
            end = newEnd;
            siblings.add(this);
        }

        @Override
        public void close() {
            siblings.remove(this);
        }

        void line(byte[] line) {
            if (sink != null) {
                try {
                    sink.accept(line);
                } catch (RuntimeException readerGone) {
                    close();
                }
            }
        }

        void end() {
            if (end != null) {
                end.run();
            }
        }
    }
}
