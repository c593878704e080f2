package org.junitnomos.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import okio.BufferedSource;
import okio.Okio;

/** Cuts a response body into lines. */
final class StreamLines {

    static final byte LINE_FEED = '\n';

    private final BufferedSource source;

    StreamLines(InputStream body) {
        this.source = Okio.buffer(Okio.source(body));
    }

    /** Whether a whole line was read from the connection already. */
    boolean hasBufferedLine() {
        return source.getBuffer().indexOf(LINE_FEED) >= 0;
    }

    /** Reads more bytes, at least one; blocks. Returns false at the end. */
    boolean fill() throws IOException {
        long buffered = source.getBuffer().size();
        if (buffered > NodeHttp.LARGEST_BODY) {
            throw new ProtocolException("a line is longer than " + NodeHttp.LARGEST_BODY + " bytes");
        }
        return source.request(buffered + 1);
    }

    /** Takes a line that is buffered. */
    byte[] take() throws IOException {
        byte[] line = source.readByteArray(source.getBuffer().indexOf(LINE_FEED));
        source.skip(1);
        return line;
    }

    static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\r' && b != '\t' && b != LINE_FEED) {
                return false;
            }
        }
        return true;
    }

    /** Checks that the end did not come within a line. */
    void checkEnd() throws IOException {
        if (source.getBuffer().size() > 0) {
            throw new EOFException("the stream ended within a line, after "
                    + source.getBuffer().size() + " bytes of it");
        }
    }
}
