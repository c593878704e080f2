package org.junitnomos.k8s;

/** Whether something of the cluster is used that nothing depends on. */
enum FeatureUse {
    /** Where it is there, the user may, and it works. */
    AUTO,
    /** Never. */
    NEVER
}
