package org.junitnomos.deploy.engine;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.net.URI;
import java.net.URISyntaxException;
import org.apiguardian.api.API;

/**
 * Where an engine listens: {@code unix:///path}, {@code tcp://host:port}, {@code tls://host:port} or
 * {@code npipe:////./pipe/name}.
 *
 * @param text in its canonical form
 */
@API(status = INTERNAL, since = "0.1")
public record EngineAddress(String text) {
    /** Where Docker listens on Linux, unless it was told otherwise. */
    public static final EngineAddress DEFAULT = new EngineAddress("unix:///var/run/docker.sock");

    private static final String UNIX = "unix://";
    private static final String TCP = "tcp://";
    private static final String TLS = "tls://";
    private static final String PIPE = "npipe://";
    private static final int TCP_PORT = 2375;
    private static final int TLS_PORT = 2376;
    private static final int PORTS = 65_536;

    /** Refuses a text that has none of the four forms. */
    public EngineAddress {
        if (!text.startsWith(UNIX + "/") && !text.startsWith(TCP) && !text.startsWith(TLS) && !text.startsWith(PIPE)) {
            throw unknown(text);
        }
    }

    /**
     * Reads an address in the form that {@code DOCKER_HOST} has.
     *
     * @param dockerHost for example {@code unix:///var/run/docker.sock} or {@code tcp://192.168.1.2:2375}; the port may
     *     be missing
     * @param tls whether an address over TCP is spoken to over TLS
     * @throws IllegalArgumentException if the text is no address, or one over SSH, which no library here speaks
     */
    public static EngineAddress parse(String dockerHost, boolean tls) {
        String text = dockerHost.strip();
        if (text.startsWith(UNIX) || text.startsWith(PIPE)) {
            return new EngineAddress(text);
        }
        if (text.startsWith(TCP) || text.startsWith("http://") || text.startsWith("https://") || text.startsWith(TLS)) {
            boolean secret = tls || text.startsWith("https://") || text.startsWith(TLS);
            return overNetwork(text, secret);
        }
        throw unknown(dockerHost);
    }

    private static EngineAddress overNetwork(String text, boolean tls) {
        try {
            var uri = new URI(text);
            int port = uri.getPort() < 0 ? (tls ? TLS_PORT : TCP_PORT) : uri.getPort();
            if (uri.getHost() == null || port == 0 || port >= PORTS) {
                throw unknown(text);
            }
            return new EngineAddress((tls ? TLS : TCP) + uri.getHost() + ":" + port);
        } catch (URISyntaxException e) {
            throw unknown(text);
        }
    }

    private static IllegalArgumentException unknown(String text) {
        return new IllegalArgumentException(
                "'" + text + "' is no address of an engine that can be spoken to here, expected"
                        + " unix:///path/to/docker.sock or tcp://host:port"
                        + (text.startsWith("ssh:") ? "; forward the socket with 'ssh -L' and name that" : ""));
    }

    /**
     * Says whether the JDK alone can speak with it (Unix sockets and plain TCP); only then what a dead JVM left there
     * can be cleaned up.
     */
    public boolean isDirect() {
        return isUnix() || text.startsWith(TCP);
    }

    /** Says whether it is a Unix socket, so that {@link #path()} has a value. */
    public boolean isUnix() {
        return text.startsWith(UNIX);
    }

    /** Says whether it is a Windows pipe, of which only a library can tell if somebody listens. */
    public boolean isPipe() {
        return text.startsWith(PIPE);
    }

    /**
     * Returns the path of the Unix socket.
     *
     * @return absolute path
     * @throws IllegalStateException if it is no Unix socket
     */
    public String path() {
        if (!isUnix()) {
            throw new IllegalStateException(text + " is no Unix socket");
        }
        return text.substring(UNIX.length());
    }

    /** {@return the host it is reached by, name or address; {@code localhost} for a Unix socket or pipe} */
    public String host() {
        return isNetwork() ? URI.create(text).getHost() : "localhost";
    }

    /** The TCP port; -1 for a socket or pipe. */
    int port() {
        return isNetwork() ? URI.create(text).getPort() : -1;
    }

    private boolean isNetwork() {
        return text.startsWith(TCP) || text.startsWith(TLS);
    }

    @Override
    public String toString() {
        return text;
    }
}
