package org.junitnomos.deploy.session;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junitnomos.deploy.engine.EngineAddress;
import org.junitnomos.time.Threads;

/**
 * Removes a container from an engine that is none, so that every class which that needs is loaded: the build may delete
 * them while the owner of a session runs.
 */
final class EngineRehearsal {
    private static final String MARKER = "nomos-none-1";
    private static final int MILLIS = 2000;

    private EngineRehearsal() {}

    static void run() {
        remove(new EngineAddress("unix:///dev/null/none"));
        try (var engine = new ServerSocket()) {
            engine.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
            engine.setSoTimeout(MILLIS);
            Threads.daemon("rehearsal", () -> serve(engine)).start();
            remove(new EngineAddress("tcp://127.0.0.1:" + engine.getLocalPort()));
        } catch (IOException e) {
            return; // there is no loopback interface; what was loaded by then is loaded
        }
    }

    private static void remove(EngineAddress address) {
        try {
            var entry = new LedgerEntry(
                    1, "warm-up", "container", EngineRemover.name("nothing", address), MARKER, true, null, false);
            new EngineRemover(ResourceKind.CONTAINER, new EngineReach()).remove(List.of(entry));
        } catch (IOException e) {
            return; // nobody is there
        }
    }

    /** Answer the ping, the list and the removal alike. */
    private static void serve(ServerSocket engine) {
        String list = "[{\"Id\":\"x\",\"Names\":[\"\\/x\"],\"Labels\":{\"" + Entry.MARKER_LABEL + "\":\"" + MARKER
                + "\"},\"Size\":1.5,\"Up\":true,\"Down\":false,\"None\":null}]";
        String answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(list.length())
                + "\r\n" + list + "\r\n0\r\n\r\n";
        byte[] bytes = answer.getBytes(StandardCharsets.US_ASCII);
        try {
            for (int i = 0; i < 3; i++) {
                try (Socket connection = engine.accept()) {
                    awaitRequest(connection);
                    connection.getOutputStream().write(bytes);
                }
            }
        } catch (IOException e) {
            return; // the rehearsal is over
        }
    }

    /** Read it, because closing a connection with something unread resets it. */
    private static void awaitRequest(Socket connection) throws IOException {
        var input = connection.getInputStream();
        connection.setSoTimeout(MILLIS);
        int newlines = 0;
        while (newlines < 2) {
            int next = input.read();
            if (next < 0) {
                return;
            }
            if (next != '\r') {
                newlines = next == '\n' ? newlines + 1 : 0;
            }
        }
    }
}
