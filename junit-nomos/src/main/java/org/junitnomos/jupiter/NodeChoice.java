package org.junitnomos.jupiter;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junitnomos.deploy.NodeHandle;

/** Chooses the node that a {@link FromNode} names. */
final class NodeChoice {
    private NodeChoice() {}

    static NodeHandle choose(List<NodeHandle> nodes, @Nullable FromNode from, String place) {
        if (from == null) {
            return nodes.get(0);
        }
        var roles = from.role();
        if (roles.length > 1) {
            throw wrong(place, "role has " + roles.length + " values, expected at most one");
        }
        if (!from.value().isEmpty()) {
            if (roles.length > 0 || from.index() != Topology.UNSET) {
                throw wrong(place, "'" + from.value() + "' stands beside role or index, expected a name alone");
            }
            return named(nodes, from.value(), place);
        }
        if (from.index() < 0 && from.index() != Topology.UNSET) {
            throw wrong(place, "index is " + from.index() + ", expected 0 or more");
        }
        var candidates = nodes.stream()
                .filter(node -> roles.length == 0 || node.spec().role() == roles[0])
                .toList();
        int index = Math.max(0, from.index());
        if (index >= candidates.size()) {
            var kind = roles.length == 0 ? "node" : roles[0].label();
            throw wrong(
                    place,
                    "the cluster has no " + kind + " " + index + ", but " + candidates.size() + " of that kind: "
                            + names(candidates));
        }
        return candidates.get(index);
    }

    private static NodeHandle named(List<NodeHandle> nodes, String name, String place) {
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> wrong(place, "no node '" + name + "' in " + names(nodes)));
    }

    private static ParameterResolutionException wrong(String place, String what) {
        return new ParameterResolutionException("Cannot resolve " + place + ": @FromNode: " + what + ".");
    }

    private static List<String> names(List<NodeHandle> nodes) {
        return nodes.stream().map(NodeHandle::name).toList();
    }
}
