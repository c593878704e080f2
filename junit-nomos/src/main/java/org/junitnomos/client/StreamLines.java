package org.junitnomos.client;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** Cuts a response body into lines. */
final class StreamLines {

    private static final byte LINE_FEED = '\n';

    private final BufferedSource source;

    StreamLines(BufferedSource source) {
        this.source = source;
    }

    /** Whether a whole line was read from the connection already. */
    boolean hasBufferedLine() {
        return source.getBuffer().indexOf(LINE_FEED) >= 0;
    }

    /** Read more bytes, at least one; blocks. Returns false at the end. */
    boolean fill() throws IOException {
        long buffered = source.getBuffer().size();
        if (buffered > NodeHttp.LARGEST_BODY) {
            throw new ProtocolException("a line is longer than " + NodeHttp.LARGEST_BODY + " bytes");
        }
        return source.request(buffered + 1);
    }

    /** Take a line that is buffered; null if it is blank. */
    byte @Nullable [] take() throws IOException {
        byte[] line = source.readByteArray(source.getBuffer().indexOf(LINE_FEED));
        source.skip(1);
        boolean blank = true;
        for (byte b : line) {
            blank &= b == ' ' || b == '\r' || b == '\t';
        }
        return blank ? null : line;
    }

    /** Check that the end did not come within a line. */
    void checkEnd() throws IOException {
        if (source.getBuffer().size() > 0) {
            throw new EOFException("the stream ended within a line, after "
                    + source.getBuffer().size() + " bytes of it");
        }
    }
}
