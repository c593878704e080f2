package org.junitnomos.k8s;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ports on which nodes listen in their pods. */
enum PodPort {
    /** HTTP API. */
    API("api", 8080, null),
    /** Testing API. */
    TESTING("testing", 8081, null),
    /** Other dev nodes. */
    PEERS("peers", 3000, null),
    /** Gossip of real nodes. */
    GOSSIP("gossip", 3000, "UDP"),
    /** Data availability of real nodes. */
    AVAILABILITY("availability", 3300, "UDP"),
    /** The Blend network of real nodes. */
    BLEND("blend", 4401, "UDP");

    static final List<PodPort> OF_DEV_NODES = List.of(API, TESTING, PEERS);
    static final List<PodPort> OF_REAL_NODES = List.of(API, TESTING, GOSSIP, AVAILABILITY, BLEND);

    private final String label;
    private final int number;
    private final @Nullable String protocol;

    PodPort(String label, int number, @Nullable String protocol) {
        this.label = label;
        this.number = number;
        this.protocol = protocol;
    }

    String label() {
        return label;
    }

    int number() {
        return number;
    }

    /** As Kubernetes calls it; null for TCP, which it takes for granted. */
    @Nullable
    String protocol() {
        return protocol;
    }
}
