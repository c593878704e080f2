package org.junitnomos.jupiter;

import org.apiguardian.api.API;
import org.junitnomos.topology.TopologySpec;

/**
 * Changes a topology in code where annotations do not reach; named by {@link Topology#customizer()}.
 *
 * <p>It must be a pure function: it is called whenever the plan is read.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@FunctionalInterface
public interface TopologyCustomizer {
    /**
     * Changes a topology.
     *
     * @param topology what the annotations say
     * @return what to deploy
     */
    TopologySpec customize(TopologySpec topology);

    /** Leaves the topology as it is; stands for "not set" in {@link Topology#customizer()}. */
    final class None implements TopologyCustomizer {
        /** Creates the customizer. */
        public None() {}

        @Override
        public TopologySpec customize(TopologySpec topology) {
            return topology;
        }
    }
}
