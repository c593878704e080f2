package org.junitnomos.client;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Says where a node listens just now: it may come back on other ports after a restart. Thread-safe; asked for each
 * exchange, so it must not block.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
@FunctionalInterface
public interface NodeLocator {
    /**
     * {@return where the node listens; null while it listens nowhere, so that nobody asks whoever got its port
     * meanwhile}
     */
    @Nullable
    NodeEndpoint locate();
}
