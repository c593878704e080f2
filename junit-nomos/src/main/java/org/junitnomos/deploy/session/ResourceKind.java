package org.junitnomos.deploy.session;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.util.Locale;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * What a test JVM may have outside of itself, in the order in which it is removed: whoever writes into a directory
 * or holds a port goes first.
 */
@API(status = INTERNAL, since = "0.1")
public enum ResourceKind {
    /** A process of the operating system; its name is any text for people. */
    PROCESS,
    /** A container with its anonymous volumes; its name is any text for people, and where its engine is. */
    CONTAINER,
    /** A network of containers; its name is like that of a container. */
    NETWORK,
    /** A named volume of containers; its name is like that of a container. */
    VOLUME,
    /** A table of the packet filter; its name is any text for people. */
    TABLE,
    /** What a deployment has in a cluster; its name is any text for people, and where its cluster is. */
    CLUSTER,
    /** A directory with everything in it; its name is its absolute path. */
    DIRECTORY,
    /** A lease of a port; its name is the number of the port. */
    PORT;

    /** {@return the kind as it stands in a ledger, in lower case} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether an engine has it. */
    boolean isOfEngine() {
        return this == CONTAINER || this == NETWORK || this == VOLUME;
    }

    /** Whether one may appear a moment after its maker died, because somebody else was about to make it. */
    boolean mayComeLate() {
        return this == PROCESS || this == TABLE || this == CLUSTER || isOfEngine();
    }

    /** Finds the kind of a label; empty for one that only a newer version knows. */
    static Optional<ResourceKind> of(String label) {
        for (var kind : values()) {
            if (kind.label().equals(label)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
