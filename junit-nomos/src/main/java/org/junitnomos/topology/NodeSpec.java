package org.junitnomos.topology;

import java.util.Objects;
import org.apiguardian.api.API;

/**
 * One node of a topology.
 *
 * @param name unique name in the cluster, for example {@code "validator-0"}
 * @param role the part it plays
 * @param index position in the whole cluster, from 0; validators come first
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record NodeSpec(String name, NodeRole role, int index) {
    public NodeSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(role, "role");
    }
}
