package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junitnomos.chaos.ChurnFault;
import org.junitnomos.topology.NodeRole;

/**
 * Lets nodes join and leave by chance while the run is driven; see {@link ChurnFault}.
 *
 * <p>Times are a number and a unit (ms, s, m, h) or ISO-8601, in protocol time.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Workload(ChurnFault.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface Churn {
    /**
     * Shortest time from one change to the next; more than 0.
     *
     * @return a duration
     */
    String minDelay() default "30s";

    /**
     * Longest time from one change to the next; at least {@link #minDelay()}, and shorter than the run window.
     *
     * @return a duration
     */
    String maxDelay() default "90s";

    /**
     * Fewest newcomers once there have been so many; 0 or more.
     *
     * @return the number
     */
    int least() default 0;

    /**
     * Most newcomers at one time; at least 1, and more than {@link #least()}.
     *
     * @return the number
     */
    int most() default ChurnFault.DEFAULT_MOST;

    /**
     * Role of the newcomers.
     *
     * @return the role
     */
    NodeRole role() default NodeRole.VALIDATOR;
}
