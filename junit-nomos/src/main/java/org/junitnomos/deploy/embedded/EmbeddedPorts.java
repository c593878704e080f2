package org.junitnomos.deploy.embedded;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.DeployRequest;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.session.PortLease;
import org.junitnomos.deploy.session.Scope;
import org.junitnomos.deploy.session.Session;
import org.junitnomos.deploy.session.SessionException;

/**
 * The ports of one deployment: one for each node if its topology asks for URLs, leased as long as the node is in the
 * cluster, so that it comes back at its URL after a restart. Thread-safe.
 */
final class EmbeddedPorts {
    private final @Nullable Scope scope;
    private final Map<String, PortLease> leases = new LinkedHashMap<>();

    private EmbeddedPorts(@Nullable Scope scope) {
        this.scope = scope;
    }

    static EmbeddedPorts of(DeployRequest request) {
        return new EmbeddedPorts(
                request.topology().urls()
                        ? Session.ofThisJvm()
                                .scope(request.directory()
                                        .toAbsolutePath()
                                        .normalize()
                                        .toString())
                        : null);
    }

    /** Leases the port of a node; empty if it needs none. */
    synchronized OptionalInt lease(String node) {
        if (scope == null) {
            return OptionalInt.empty();
        }
        try {
            var lease = scope.leasePort();
            leases.put(node, lease);
            return OptionalInt.of(lease.port());
        } catch (SessionException e) {
            throw new DeploymentException("Node '" + node + "' has no URL: " + e.getMessage(), e);
        }
    }

    synchronized void giveBack(String node) {
        var lease = leases.remove(node);
        if (lease != null) {
            lease.close();
        }
    }

    /** Gives all back, and names what is left. */
    synchronized List<String> close() {
        List.copyOf(leases.keySet()).forEach(this::giveBack);
        return scope == null ? List.of() : scope.settle();
    }
}
