package org.junitnomos.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apiguardian.api.API;

/** How a partition divides the nodes; who is on which side is drawn from the seed. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum PartitionShape {
    /** Two sides of equal size; the second has one node more if the number is odd. */
    HALVES,
    /** A side of fewer than half of the nodes, of drawn size, and the others. */
    MINORITY,
    /** One node, and the others. */
    ONE_NODE,
    /**
     * The node that proposed a block most recently, and the others; if several proposed for one slot, one of them. Dev
     * nodes tell through their testing ports which blocks they proposed; other nodes do not, and the workload fails.
     */
    ISOLATE_LEADER;

    /** {@return the shape as it stands in plans and reports, lower-case words, for example {@code "one node"}} */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Draws one of the two sides, in the order of the nodes; at least two nodes. */
    List<String> side(List<String> nodes, Random random) {
        int size = switch (this) {
            case HALVES -> nodes.size() / 2;
            case MINORITY -> 1 + random.nextInt(Math.max(1, (nodes.size() - 1) / 2));
            case ONE_NODE, ISOLATE_LEADER -> 1;
        };
        var shuffled = new ArrayList<>(nodes);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            Collections.swap(shuffled, i, random.nextInt(i + 1));
        }
        var chosen = shuffled.subList(0, size);
        return nodes.stream().filter(chosen::contains).toList();
    }
}
