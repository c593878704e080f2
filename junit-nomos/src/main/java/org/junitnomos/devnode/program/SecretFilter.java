package org.junitnomos.devnode.program;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.junitnomos.devnode.MetricLines;

/** Lets through who knows the secret of the port: it makes faults, and may be reached from other machines. */
final class SecretFilter extends Filter {
    private static final byte[] REFUSED =
            "This port wants the secret of its run, as Authorization: Bearer.".getBytes(StandardCharsets.UTF_8);

    private final byte[] expected;

    SecretFilter(String secret) {
        this.expected = ("Bearer " + secret).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String description() {
        return "secret of the run";
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        if (isOpen(exchange) || knows(exchange)) {
            chain.doFilter(exchange);
            return;
        }
        try (exchange) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
            boolean hasBody = !exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(401, hasBody ? REFUSED.length : -1);
            if (hasBody) {
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(REFUSED);
                }
            }
        }
    }

    /** Metrics change nothing, and who collects them knows no secret. */
    private static boolean isOpen(HttpExchange exchange) {
        return MetricLines.PATH.equals(exchange.getRequestURI().getPath());
    }

    private boolean knows(HttpExchange exchange) {
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        return given != null && MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8));
    }
}
