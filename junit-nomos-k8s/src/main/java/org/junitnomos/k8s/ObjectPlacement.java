package org.junitnomos.k8s;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.Map;
import org.junitnomos.topology.NodeSpec;

/**
 * Where the objects of one deployment go, and how they are told from all others.
 *
 * @param namespace their namespace
 * @param prefix what all their names begin with: empty in a namespace of its own
 * @param marker unique to the deployment, fit for a label
 * @param session the session of the test JVM, fit for a label
 * @param expires when nobody needs the deployment any more
 */
record ObjectPlacement(String namespace, String prefix, String marker, String session, Instant expires) {
    /**
     * Finds the place of a deployment.
     *
     * @param given namespace that others use as well; empty for one of its own, which has the marker as its name
     * @param marker what its entry in the ledger is found by: that of the session, a dash and a number
     */
    static ObjectPlacement of(String given, String marker, Instant expires) {
        int dash = marker.lastIndexOf('-');
        String session = dash < 0 ? marker : marker.substring(0, dash);
        return given.isEmpty()
                ? new ObjectPlacement(marker, "", marker, session, expires)
                : new ObjectPlacement(given, marker + "-", marker, session, expires);
    }

    /** Returns the name of an object. */
    String name(String own) {
        return prefix + own;
    }

    /** Describes an object that the deployment has once. */
    ObjectMeta metadata(String own) {
        return described(own, Labels.ofDeployment(marker, session));
    }

    /** Describes an object that a node has once. */
    ObjectMeta metadata(NodeSpec node) {
        return described(node.name(), Labels.ofNode(marker, session, node));
    }

    private ObjectMeta described(String own, Map<String, String> labels) {
        return new ObjectMetaBuilder()
                .withName(name(own))
                .withNamespace(namespace)
                .withLabels(labels)
                .build();
    }
}
