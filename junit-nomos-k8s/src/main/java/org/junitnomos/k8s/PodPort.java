package org.junitnomos.k8s;

/** The ports on which every node listens in its pod. */
enum PodPort {
    /** HTTP API. */
    API("api", 8080),
    /** Testing API of dev nodes. */
    TESTING("testing", 8081),
    /** Other nodes. */
    PEERS("peers", 3000);

    private final String label;
    private final int number;

    PodPort(String label, int number) {
        this.label = label;
        this.number = number;
    }

    String label() {
        return label;
    }

    int number() {
        return number;
    }
}
