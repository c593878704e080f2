package org.junitnomos.jupiter;

import java.util.List;
import java.util.Optional;
import org.junitnomos.scenario.Problems;
import org.junitnomos.topology.NodeRole;
import org.junitnomos.topology.NodeSpec;

/** Chooses the node that a {@link FromNode} names. */
final class NodeChoice {
    private final List<NodeSpec> nodes;
    private final FromNode from;
    private final String place;
    private final boolean mayGrow;
    private final Problems problems;

    private NodeChoice(List<NodeSpec> nodes, FromNode from, String place, boolean mayGrow, Problems problems) {
        this.nodes = nodes;
        this.from = from;
        this.place = place;
        this.mayGrow = mayGrow;
        this.problems = problems;
    }

    /**
     * Finds the node.
     *
     * @param place where the annotation stands
     * @param mayGrow whether a node may still be added, so that one that is missing is no problem
     * @param problems are told why there is no such node
     * @return empty if there is none
     */
    static Optional<NodeSpec> choose(
            List<NodeSpec> nodes, FromNode from, String place, boolean mayGrow, Problems problems) {
        return new NodeChoice(nodes, from, place, mayGrow, problems).choose();
    }

    private Optional<NodeSpec> choose() {
        var roles = from.role();
        if (roles.length > 1) {
            return none(".role", List.of(roles), "at most one value", "Keep one of them");
        }
        if (!from.value().isEmpty()) {
            return roles.length > 0 || from.index() != Topology.UNSET
                    ? none("", quoted(from.value()) + " beside role or index", "a name alone", "Remove the others")
                    : named();
        }
        if (from.index() < 0 && from.index() != Topology.UNSET) {
            return none(".index", from.index(), "0 or more", "Raise it");
        }
        var candidates = nodes.stream()
                .filter(node -> roles.length == 0 || node.role() == roles[0])
                .toList();
        int index = Math.max(0, from.index());
        if (index < candidates.size()) {
            return Optional.of(candidates.get(index));
        }
        if (mayGrow) {
            return Optional.empty();
        }
        if (candidates.isEmpty()) {
            return none(
                    ".role",
                    roles[0],
                    "a role that is in the cluster, which has " + names(nodes),
                    "Raise @Topology." + (roles[0] == NodeRole.EXECUTOR ? "executors" : "validators")
                            + ", or choose another role");
        }
        return none(
                ".index",
                index,
                candidates.size() == 1
                        ? "0, for " + names(candidates)
                        : "0 to " + (candidates.size() - 1) + ", for one of " + names(candidates),
                "Lower it");
    }

    private Optional<NodeSpec> named() {
        var found =
                nodes.stream().filter(node -> node.name().equals(from.value())).findFirst();
        boolean mayCome = mayGrow && from.value().matches("(validator|executor)-[0-9]+");
        return found.isPresent() || mayCome
                ? found
                : none(
                        "",
                        quoted(from.value()),
                        "a node of the cluster, which has " + names(nodes),
                        "Name one of them");
    }

    private Optional<NodeSpec> none(String attribute, Object value, String expected, String fix) {
        problems.add("@FromNode" + attribute + " on " + place, value, expected, fix);
        return Optional.empty();
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    private static String names(List<NodeSpec> nodes) {
        return String.join(", ", nodes.stream().map(NodeSpec::name).toList());
    }
}
