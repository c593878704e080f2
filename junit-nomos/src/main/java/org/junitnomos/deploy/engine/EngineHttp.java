package org.junitnomos.deploy.engine;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apiguardian.api.API;

/** Asks an engine, one connection for each request. Thread-safe. */
@API(status = INTERNAL, since = "0.1")
public final class EngineHttp {
    private final EngineAddress address;

    /**
     * Creates the client; nothing is connected yet.
     *
     * @param address of an engine that {@linkplain EngineAddress#isDirect() the JDK can speak with}
     */
    public EngineHttp(EngineAddress address) {
        this.address = address;
    }

    /**
     * Sees whether somebody listens there, whatever it speaks.
     *
     * @param limit how long that may take
     * @throws EngineUnreachableException if nobody does
     * @throws IllegalArgumentException if it is a pipe
     */
    public void knock(Duration limit) throws IOException {
        if (address.isPipe()) {
            throw new IllegalArgumentException("nobody can knock at " + address);
        }
        EngineWire.open(address, limit).close();
    }

    /**
     * Sends a request without a body, and reads the whole answer.
     *
     * @param method of HTTP
     * @param target path and query, with everything escaped
     * @param limit how long that may take in all
     * @return the answer, whatever its status
     * @throws EngineUnreachableException if nobody answers in time
     * @throws IOException if what comes is no answer in HTTP/1.1, or too large
     */
    public EngineAnswer send(String method, String target, Duration limit) throws IOException {
        return send(method, target, "", limit);
    }

    /**
     * Sends a request, and reads the whole answer, as {@link #send(String, String, Duration)} does.
     *
     * @param json its body, in ASCII; empty for none
     */
    public EngineAnswer send(String method, String target, String json, Duration limit) throws IOException {
        if (!address.isDirect()) {
            throw new IOException("the engine at " + address + " cannot be asked without a library");
        }
        String body =
                json.isEmpty() ? "" : "Content-Type: application/json\r\nContent-Length: " + json.length() + "\r\n";
        String request = method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n" + body
                + "Connection: close\r\n\r\n" + json;
        try (var wire = EngineWire.open(address, limit)) {
            wire.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            return new AnswerReader(wire, address).read();
        }
    }
}
