package org.junitnomos.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apiguardian.api.API;

/** Say how a partition divides the nodes; who is on which side is drawn from the seed. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum PartitionShape {
    /** Two sides of equal size; the second has one node more if the number is odd. */
    HALVES,
    /** A side of fewer than half of the nodes, of drawn size, and the others. */
    MINORITY,
    /** One node, and the others. */
    ONE_NODE;

    /**
     * Return the shape as it stands in plans and reports.
     *
     * @return lower-case words, for example {@code "one node"}
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Draw the two sides, each in the order of the nodes; at least two nodes. */
    List<List<String>> sides(List<String> nodes, Random random) {
        int size = switch (this) {
            case HALVES -> nodes.size() / 2;
            case MINORITY -> 1 + random.nextInt(Math.max(1, (nodes.size() - 1) / 2));
            case ONE_NODE -> 1;
        };
        var shuffled = new ArrayList<>(nodes);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            Collections.swap(shuffled, i, random.nextInt(i + 1));
        }
        var chosen = shuffled.subList(0, size);
        return List.of(
                nodes.stream().filter(chosen::contains).toList(),
                nodes.stream().filter(node -> !chosen.contains(node)).toList());
    }
}
