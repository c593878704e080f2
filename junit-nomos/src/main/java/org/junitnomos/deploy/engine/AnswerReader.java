package org.junitnomos.deploy.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads one answer in HTTP/1.1 (RFC 9112), within bounds: whoever listens there may be anything. */
final class AnswerReader {
    /** The heap of a reaper has 24 MB. */
    static final int LARGEST_BODY = 4_000_000;

    private static final int LARGEST_HEAD = 32_000;
    private static final int BUFFER = 8192;
    private static final int HEXADECIMAL = 16;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})(?: .*)?");

    private final EngineWire wire;
    private final EngineAddress address;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).flip();
    private int head;

    AnswerReader(EngineWire wire, EngineAddress address) {
        this.wire = wire;
        this.address = address;
    }

    EngineAnswer read() throws IOException {
        String first = line();
        var matcher = STATUS_LINE.matcher(first);
        if (!matcher.matches()) {
            throw broken("it speaks no HTTP/1.1, its first line is '" + first + "'");
        }
        int status = Integer.parseInt(matcher.group(1));
        var headers = new TreeMap<String, String>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return new EngineAnswer(status, headers, body(status, headers));
    }

    private String body(int status, Map<String, String> headers) throws IOException {
        var body = new ByteArrayOutputStream();
        String length = headers.get("content-length");
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            chunks(body);
        } else if (length != null) {
            copy(number(length, 10, "content length"), body);
        } else if (status != NO_CONTENT && status != NOT_MODIFIED) {
            rest(body);
        }
        return body.toString(StandardCharsets.UTF_8);
    }

    private void chunks(ByteArrayOutputStream body) throws IOException {
        while (true) {
            String line = line();
            int semicolon = line.indexOf(';');
            int size = number(semicolon < 0 ? line : line.substring(0, semicolon), HEXADECIMAL, "length of a chunk");
            if (size == 0) {
                return; // nobody needs the trailers, and the connection ends here
            }
            copy(size, body);
            line();
        }
    }

    private int number(String text, int radix, String what) throws IOException {
        try {
            long number = Long.parseLong(text.strip(), radix);
            if (number >= 0) {
                return (int) Math.min(number, Integer.MAX_VALUE);
            }
        } catch (NumberFormatException e) {
            throw broken("its " + what + " is '" + text + "'");
        }
        throw broken("its " + what + " is '" + text + "'");
    }

    private void copy(int count, ByteArrayOutputStream body) throws IOException {
        if (count > LARGEST_BODY - body.size()) {
            throw tooLarge();
        }
        int left = count;
        while (left > 0) {
            if (!buffer.hasRemaining() && !fill()) {
                throw broken("its answer ends " + left + " bytes early");
            }
            int part = Math.min(left, buffer.remaining());
            body.write(buffer.array(), buffer.position(), part);
            buffer.position(buffer.position() + part);
            left -= part;
        }
    }

    private void rest(ByteArrayOutputStream body) throws IOException {
        while (buffer.hasRemaining() || fill()) {
            if (body.size() + buffer.remaining() > LARGEST_BODY) {
                throw tooLarge();
            }
            body.write(buffer.array(), buffer.position(), buffer.remaining());
            buffer.position(buffer.limit());
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        while (buffer.hasRemaining() || fill()) {
            char next = (char) (buffer.get() & 0xff);
            head++;
            if (next == '\n') {
                return line.toString().stripTrailing();
            }
            if (head > LARGEST_HEAD + LARGEST_BODY || line.length() > LARGEST_HEAD) {
                throw tooLarge();
            }
            line.append(next);
        }
        throw broken("its answer ends in the middle of a line");
    }

    private boolean fill() throws IOException {
        buffer.clear();
        int count = wire.read(buffer);
        buffer.flip();
        return count > 0;
    }

    private IOException tooLarge() {
        return broken("its answer has more than " + LARGEST_BODY + " bytes");
    }

    private IOException broken(String what) {
        return new IOException("the engine at " + address + " cannot be understood: " + what);
    }
}
