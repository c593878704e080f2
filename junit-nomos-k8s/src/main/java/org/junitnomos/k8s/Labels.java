package org.junitnomos.k8s;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junitnomos.topology.NodeRole;
import org.junitnomos.topology.NodeSpec;

/** The labels and annotations by which everything of this backend is known. */
final class Labels {
    /** Says that an object is ours. */
    static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    static final String MANAGER = "junit-nomos";

    /** Tells deployments apart; the marker of its entry in the ledger of the session. */
    static final String MARKER = "org.junitnomos.marker";

    /** The session of the test JVM, for people. */
    static final String SESSION = "org.junitnomos.session";

    static final String NODE = "org.junitnomos.node";
    static final String ROLE = "org.junitnomos.role";

    /** Annotation: when nobody needs it any more, in ISO-8601. */
    static final String EXPIRES = "org.junitnomos.expires";

    private Labels() {}

    /** Labels of everything that belongs to a deployment. */
    static Map<String, String> ofDeployment(String marker, String session) {
        var labels = new LinkedHashMap<String, String>();
        labels.put(MANAGED_BY, MANAGER);
        labels.put(MARKER, marker);
        labels.put(SESSION, session);
        return labels;
    }

    /** Labels that choose the pods of one node, whatever life it is in. */
    static Map<String, String> selecting(String marker, NodeSpec node) {
        var labels = new LinkedHashMap<String, String>();
        labels.put(MARKER, marker);
        labels.put(NODE, node.name());
        return labels;
    }

    /** Labels of what belongs to one node. */
    static Map<String, String> ofNode(String marker, String session, NodeSpec node) {
        var labels = ofDeployment(marker, session);
        labels.put(NODE, node.name());
        labels.put(ROLE, node.role() == NodeRole.EXECUTOR ? "executor" : "validator");
        return labels;
    }

    static Map<String, String> expiring(Instant expires) {
        var annotations = new LinkedHashMap<String, String>();
        annotations.put(EXPIRES, expires.toString());
        return annotations;
    }
}
