package org.junitnomos.k8s;

/** How nodes are told where their peers are. */
enum PeerAddressing {
    /** By the address of their service; works in every cluster. */
    CLUSTER_IP,
    /** By the name of their service; needs a cluster DNS. */
    DNS,
    /** By name if a pod of the deployment can look one up, else by address. */
    AUTO
}
