package org.junitnomos.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.NodeApiException.Kind;
import org.junitnomos.time.DurationText;
import org.junitnomos.time.VisibleText;

/**
 * Words the failures of one exchange.
 *
 * @param node name of the node
 * @param what method and URL
 * @param after how long it took, as text that begins with a blank; empty where time is not real
 */
record ExchangeFailures(String node, String what, String after) {

    private static final int SHOWN = 512;
    private static final int KEPT = 4096;

    static ExchangeFailures of(HttpTransport.Request request, @Nullable Duration after) {
        String text = after == null ? "" : " after " + DurationText.format(Duration.ofMillis(after.toMillis()));
        return new ExchangeFailures(request.node(), request.method() + " " + request.url(), text);
    }

    static NodeApiException closed(String node) {
        String message = "node client of '" + node + "' is closed";
        return new NodeApiException(message, node, Kind.CLOSED, 0, "client closed", "", null);
    }

    static NodeApiException notListening(String node, String path) {
        String message = path + " on node '" + node + "' failed: connection refused (the node is not running)";
        return new NodeApiException(message, node, Kind.UNREACHABLE, 0, "connection refused", "", null);
    }

    static NodeApiException noTestingPort(String node, String path) {
        String message = path + " on node '" + node + "' failed: the node has no testing port;"
                + " only dev nodes, and nodes built with feature 'testing', have one";
        return new NodeApiException(message, node, Kind.UNREACHABLE, 0, "no testing port", "", null);
    }

    NodeApiException status(HttpTransport.Response response, byte[] body) {
        int status = response.status();
        String allowed = String.join(",", response.headers().getOrDefault("allow", List.of()));
        return new NodeApiException(
                failed() + "expected status 200 but was " + status
                        + (allowed.isEmpty() ? "" : " (the path takes " + allowed + " only)") + after + "; "
                        + describe(body),
                node,
                Kind.STATUS,
                status,
                body.length == 0 ? "status " + status : "status " + status + ": " + text(body, SHOWN),
                text(body, KEPT),
                null);
    }

    NodeApiException malformed(String problem, byte[] body, @Nullable Throwable cause) {
        return new NodeApiException(
                failed() + "status was 200 but the answer is malformed: " + problem + "; " + describe(body),
                node,
                Kind.MALFORMED,
                200,
                "malformed answer: " + problem,
                text(body, KEPT),
                cause);
    }

    NodeApiException tooLarge(long limit) {
        String problem = "the body is larger than " + limit + " bytes";
        return new NodeApiException(
                failed() + problem + after, node, Kind.MALFORMED, 200, "malformed answer: " + problem, "", null);
    }

    NodeApiException io(IOException e, @Nullable Duration limit) {
        if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
            return noAnswer("connection refused", Kind.UNREACHABLE, e);
        }
        if (e instanceof UnknownHostException) {
            return noAnswer("unknown host", Kind.UNREACHABLE, e);
        }
        if (e instanceof InterruptedIOException && Thread.currentThread().isInterrupted()) {
            return noAnswer("the calling thread was interrupted", Kind.CLOSED, e);
        }
        if (e instanceof SocketTimeoutException || e instanceof InterruptedIOException) {
            String within = limit == null ? "" : " within " + DurationText.format(limit);
            return noAnswer("no complete answer" + within, Kind.TIMEOUT, e);
        }
        return noAnswer("the connection broke before the answer was complete", Kind.BROKEN, e);
    }

    private NodeApiException noAnswer(String reason, Kind kind, IOException e) {
        String detail = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new NodeApiException(failed() + reason + after + " (" + detail + ")", node, kind, 0, reason, "", e);
    }

    private String failed() {
        return what + " on node '" + node + "' failed: ";
    }

    private static String describe(byte[] body) {
        if (body.length == 0) {
            return "empty body";
        }
        String size =
                body.length <= SHOWN ? body.length + " bytes" : "first " + SHOWN + " of " + body.length + " bytes";
        return "body (" + size + "): " + text(body, SHOWN);
    }

    /** One line of text; a character that the cut splits is left out. */
    private static String text(byte[] body, int limit) {
        int length = Math.min(limit, body.length);
        if (length < body.length) {
            while (length > 0 && (body[length] & 0xc0) == 0x80) {
                length--;
            }
        }
        return VisibleText.ofLine(new String(body, 0, length, StandardCharsets.UTF_8)
                .replaceAll("[\\t\\r\\n]", " ")
                .strip());
    }
}
