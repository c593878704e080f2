package org.junitnomos.defect;

import org.apiguardian.api.API;
import org.junitnomos.topology.NodeRole;

/** Which nodes a defect makes sense on. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum DefectScope {
    /** One node, whatever its role. */
    NODE,
    /** One validator: executors do not have the route. */
    VALIDATOR,
    /** One executor. */
    EXECUTOR,
    /** All nodes at once: one alone would be outvoted by the others, and part from them. */
    ALL;

    /**
     * Says whether a node of a role can have the defect.
     *
     * @param role the role
     * @return whether it can
     */
    public boolean fits(NodeRole role) {
        return switch (this) {
            case NODE, ALL -> true;
            case VALIDATOR -> role == NodeRole.VALIDATOR;
            case EXECUTOR -> role == NodeRole.EXECUTOR;
        };
    }

    /** {@return the scope as it stands in texts, for example {@code "one validator"}} */
    public String label() {
        return switch (this) {
            case NODE -> "one node";
            case VALIDATOR -> "one validator";
            case EXECUTOR -> "one executor";
            case ALL -> "all nodes";
        };
    }
}
