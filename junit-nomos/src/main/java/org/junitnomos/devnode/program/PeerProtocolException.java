package org.junitnomos.devnode.program;

import java.io.IOException;

/** A peer sent what no dev node sends; the connection cannot go on. */
final class PeerProtocolException extends IOException {
    private static final long serialVersionUID = 1L;

    PeerProtocolException(String message) {
        super(message);
    }

    PeerProtocolException(String message, Throwable cause) {
        super(message, cause);
    }
}
