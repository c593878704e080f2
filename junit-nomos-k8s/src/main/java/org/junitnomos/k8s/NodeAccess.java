package org.junitnomos.k8s;

/** How the test JVM reaches the ports of nodes. */
enum NodeAccess {
    /** Through the API server; works wherever the API server does. */
    PORT_FORWARD,
    /** At a port that each machine of the cluster has for the node's service. */
    NODE_PORT,
    /** At the address of the node's service; for tests that run in the cluster. */
    CLUSTER_IP,
    /** At the host of the node's ingress. */
    INGRESS
}
