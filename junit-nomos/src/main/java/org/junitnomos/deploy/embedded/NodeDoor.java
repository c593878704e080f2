package org.junitnomos.deploy.embedded;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.devnode.program.ApiPort;
import org.junitnomos.settings.LogLevel;

/** Where any HTTP client reaches a node while it lives: at a port on loopback, or nowhere. Called by one at a time. */
final class NodeDoor {
    static final String HOST = "127.0.0.1";

    private final String node;
    private final OptionalInt number;
    private final EmbeddedNodeLog log;
    private @Nullable ApiPort port;

    NodeDoor(String node, OptionalInt number, EmbeddedNodeLog log) {
        this.node = node;
        this.number = number;
        this.log = log;
    }

    /** Returns where the node is reached. */
    URI url() {
        return address()
                .orElseThrow(() -> new IllegalStateException("Node '" + node + "' has no URL: nodes of backend"
                        + " 'embedded' listen on a port only where the plan asks for it. Set @Topology(urls = true), or"
                        + " urls(true) in code, which runs in real time; or ask by NodeHandle.client()."));
    }

    Optional<URI> address() {
        return number.isPresent()
                ? Optional.of(URI.create("http://" + HOST + ":" + number.getAsInt()))
                : Optional.empty();
    }

    /** Binds the port: whoever knocks waits until the node answers. */
    void bind() {
        if (number.isEmpty()) {
            return;
        }
        try {
            port = ApiPort.bind(
                    node, HOST, number.getAsInt(), (level, text) -> log.write(LogLevel.valueOf(level), text));
        } catch (IOException e) {
            throw new DeploymentException(
                    "Node '" + node + "' has no URL: " + e.getMessage() + " Somebody else took it: run the test again.",
                    e);
        }
    }

    void open(ApiPort.Core core) {
        if (port != null) {
            port.start(core);
        }
    }

    void close() {
        if (port != null) {
            port.close();
            port = null;
        }
    }
}
