package org.junitnomos.k8s;

/** Whether links are cut by network policies as well. */
enum PolicyUse {
    /** Where the user may create them and the cluster enforces them. */
    AUTO,
    /** Never. */
    NEVER
}
