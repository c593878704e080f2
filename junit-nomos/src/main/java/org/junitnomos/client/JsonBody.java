package org.junitnomos.client;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** A JSON request body; {@code application/json} is mandatory (node contract 1.1). */
final class JsonBody extends RequestBody {

    /** The content type of every body. */
    static final String TYPE = "application/json";

    private static final MediaType JSON = MediaType.get(TYPE);

    private final byte[] bytes;
    private final boolean oneShot;

    private JsonBody(byte[] bytes, boolean oneShot) {
        this.bytes = bytes;
        this.oneShot = oneShot;
    }

    /** A question: may be sent again when a kept-alive connection turns out to be dead. */
    static JsonBody question(byte[] bytes) {
        return new JsonBody(bytes, false);
    }

    /** A command: never sent twice behind the caller's back. */
    static JsonBody command(byte[] bytes) {
        return new JsonBody(bytes, true);
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public MediaType contentType() {
        return JSON;
    }

    @Override
    public long contentLength() {
        return bytes.length;
    }

    @Override
    public boolean isOneShot() {
        return oneShot;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        sink.write(bytes);
    }
}
