package org.junitnomos.deploy;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.apiguardian.api.API;
import org.junitnomos.topology.NodeRole;

/**
 * Chooses some of the nodes of a cluster: by name, role or state, or by chance.
 *
 * <p>Selectors are put together, for example {@code role(VALIDATOR).and(running()).except("validator-0").random(2,
 * run.random("my faults"))}. They keep the order of the nodes, and no state but that of the {@link Random} they were
 * given, from which every choice draws anew.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@FunctionalInterface
public interface NodeSelector {
    /**
     * Chooses among the nodes of a cluster.
     *
     * @param nodes all nodes there are, in their order
     * @return the chosen ones, in the same order
     * @throws IllegalArgumentException if it asks for a node by name that is not there
     */
    List<NodeHandle> choose(List<NodeHandle> nodes);

    /** Chooses every node. */
    static NodeSelector all() {
        return List::copyOf;
    }

    /**
     * Chooses nodes by name.
     *
     * @param names names of nodes; unknown ones are refused when the choice is made
     * @return the selector
     */
    static NodeSelector named(String... names) {
        return named(List.of(names));
    }

    /**
     * Chooses nodes by name.
     *
     * @param names names of nodes; unknown ones are refused when the choice is made
     * @return the selector
     */
    static NodeSelector named(List<String> names) {
        List<String> wanted = List.copyOf(names);
        return nodes -> {
            List<String> there = nodes.stream().map(NodeHandle::name).toList();
            for (String name : wanted) {
                if (!there.contains(name)) {
                    throw new IllegalArgumentException("no node '" + name + "' in " + there);
                }
            }
            return nodes.stream().filter(node -> wanted.contains(node.name())).toList();
        };
    }

    /**
     * Chooses the nodes of a role.
     *
     * @param role the role
     * @return the selector
     */
    static NodeSelector role(NodeRole role) {
        Objects.requireNonNull(role, "role");
        return nodes ->
                nodes.stream().filter(node -> node.spec().role() == role).toList();
    }

    /** Chooses the nodes that are running and not paused. */
    static NodeSelector running() {
        return nodes -> nodes.stream()
                .filter(node -> node.isRunning() && !node.isPaused())
                .toList();
    }

    /**
     * Chooses what both this and another choose.
     *
     * @param other also chooses among all nodes
     * @return the selector
     */
    default NodeSelector and(NodeSelector other) {
        Objects.requireNonNull(other, "other");
        return nodes -> {
            var both = other.choose(nodes);
            return choose(nodes).stream().filter(both::contains).toList();
        };
    }

    /**
     * Chooses what this chooses without some nodes.
     *
     * @param names names of the nodes to spare; unknown ones are refused when the choice is made
     * @return the selector
     */
    default NodeSelector except(String... names) {
        return except(named(names));
    }

    /**
     * Chooses what this chooses and another does not.
     *
     * @param spared chooses the nodes to spare among all nodes
     * @return the selector
     */
    default NodeSelector except(NodeSelector spared) {
        Objects.requireNonNull(spared, "spared");
        return nodes -> {
            var without = spared.choose(nodes);
            return choose(nodes).stream()
                    .filter(node -> !without.contains(node))
                    .toList();
        };
    }

    /**
     * Draws some of what this chooses.
     *
     * @param count how many, 0 or more; all if there are fewer
     * @param random decides; use a stream of the run, so that its seed replays the choice
     * @return the selector
     * @throws IllegalArgumentException if the count is negative
     */
    default NodeSelector random(int count, Random random) {
        Objects.requireNonNull(random, "random");
        if (count < 0) {
            throw new IllegalArgumentException("count of a random choice: expected 0 or more but was " + count);
        }
        return nodes -> draw(choose(nodes), count, random);
    }

    /**
     * Draws a part of what this chooses.
     *
     * @param part how large a part, 0 to 1; the number of nodes is rounded, but at least 1 if the part is more than 0
     * @param random decides; use a stream of the run, so that its seed replays the choice
     * @return the selector
     * @throws IllegalArgumentException if the part is not 0 to 1
     */
    default NodeSelector fraction(double part, Random random) {
        Objects.requireNonNull(random, "random");
        if (!(part >= 0 && part <= 1)) {
            throw new IllegalArgumentException("part of a random choice: expected 0 to 1 but was " + part);
        }
        return nodes -> {
            var candidates = choose(nodes);
            int count = (int) Math.round(part * candidates.size());
            return draw(candidates, part > 0 ? Math.max(1, count) : 0, random);
        };
    }

    private static List<NodeHandle> draw(List<NodeHandle> candidates, int count, Random random) {
        var left = new ArrayList<>(candidates);
        Set<NodeHandle> drawn = new LinkedHashSet<>();
        while (drawn.size() < count && !left.isEmpty()) {
            drawn.add(left.remove(random.nextInt(left.size())));
        }
        return candidates.stream().filter(drawn::contains).toList();
    }
}
