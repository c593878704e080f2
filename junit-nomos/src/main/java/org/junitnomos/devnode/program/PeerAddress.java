package org.junitnomos.devnode.program;

import org.jspecify.annotations.Nullable;

/**
 * Where a peer listens.
 *
 * @param host name or address
 * @param port TCP port
 */
record PeerAddress(String host, int port) {
    /** Reads {@code host:port}; null if the text is anything else. */
    static @Nullable PeerAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            return null;
        }
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            return port < 1 || port > 65_535 ? null : new PeerAddress(text.substring(0, colon), port);
        } catch (NumberFormatException noNumber) {
            return null;
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
