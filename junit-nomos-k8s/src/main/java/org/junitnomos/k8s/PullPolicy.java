package org.junitnomos.k8s;

/** When the cluster pulls the image of the nodes. */
enum PullPolicy {
    /** If the machine does not have it. */
    IF_NOT_PRESENT("IfNotPresent"),
    /** Before each start. */
    ALWAYS("Always"),
    /** Never: it must have been loaded into the cluster. */
    NEVER("Never");

    private final String text;

    PullPolicy(String text) {
        this.text = text;
    }

    /** As it stands in a manifest. */
    String text() {
        return text;
    }
}
