package org.junitnomos.defect;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.apiguardian.api.API;

/**
 * A defect that a node of a deployment has from a moment on, in all of its lives, without a fault that anybody would
 * see in force.
 *
 * @param node name of the node
 * @param defect the defect
 * @param from when it begins, since the chain started; 0 or more
 * @param deeds counts what the node did otherwise than a right one
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record PlantedDefect(String node, NodeDefect defect, Duration from, AtomicLong deeds) {
    public PlantedDefect {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(defect, "defect");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(deeds, "deeds");
    }
}
