package org.junitnomos.devnode.planted;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junitnomos.defect.NodeDefect;
import org.junitnomos.defect.PlantedDefect;
import org.junitnomos.devnode.NodeCoreFactory;
import org.junitnomos.devnode.defect.Planting;

/** Creates nodes with a defect of the catalogue, whatever their names. */
public final class IllNodes {
    private IllNodes() {}

    /** All nodes have it from their start on. */
    public static NodeCoreFactory with(NodeDefect defect) {
        return with(defect, 0);
    }

    /** All nodes have it from a moment on, in nanoseconds since the chain started. */
    public static NodeCoreFactory with(NodeDefect defect, long fromNanos) {
        return (config, store, outbox) -> {
            var planted = new PlantedDefect(config.name(), defect, Duration.ofNanos(fromNanos), new AtomicLong());
            return new Planting(List.of(planted)).create(config, store, outbox);
        };
    }
}
