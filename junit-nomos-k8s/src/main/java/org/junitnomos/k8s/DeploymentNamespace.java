package org.junitnomos.k8s;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;

/** What a deployment has once, and with which everything else of it goes. */
interface DeploymentNamespace {
    /** Creates it. */
    void create();

    /** Makes an object go with it. */
    <T extends HasMetadata> T belonging(T object);

    /** Whether it is still there, or what was in it. */
    boolean isThere();

    /** Begins to remove it and everything in it; does not wait. Does nothing if it is gone. */
    void delete();

    /** Says what keeps it from going; empty if nothing is known to. */
    Optional<String> obstacle();

    /** Names it for people. */
    String description();
}
