package org.junitnomos.deploy.external;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junitnomos.deploy.DeploymentException;

/** Ends the nodes of a deployment. */
final class DeploymentEnd {

    private DeploymentEnd() {}

    /**
     * Asks all to end at once, for that may take a while in an engine, then waits for each; returns what went wrong.
     */
    static List<String> all(List<ExternalNode> nodes) {
        var left = new ArrayList<String>();
        Map<String, NodeLife> ending = new ConcurrentHashMap<>();
        try {
            InParallel.each("stop", nodes, node -> node.askToEnd().ifPresent(life -> ending.put(node.name(), life)));
        } catch (InterruptedException e) {
            left.add("interrupted while nodes were asked to end");
        }
        for (var node : nodes) {
            var life = ending.get(node.name());
            if (life == null) {
                continue;
            }
            try {
                node.awaitEnd(life, "deployment closed");
            } catch (DeploymentException e) {
                left.add(String.valueOf(e.getMessage()).replaceFirst("\\.$", ""));
            } catch (InterruptedException e) {
                left.add(node.name() + ": interrupted while it was stopped");
            }
        }
        return left;
    }
}
