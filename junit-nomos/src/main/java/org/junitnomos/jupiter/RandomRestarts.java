package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junitnomos.chaos.RandomRestartsFault;
import org.junitnomos.chaos.RestartMode;
import org.junitnomos.topology.NodeRole;

/**
 * Restarts nodes by chance while the run is driven; see {@link RandomRestartsFault}.
 *
 * <p>Times are a number and a unit (ms, s, m, h) or ISO-8601, in protocol time.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Workload(RandomRestartsFault.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface RandomRestarts {
    /**
     * Shortest time from one restart to the next; more than 0.
     *
     * @return a duration
     */
    String minDelay() default "30s";

    /**
     * Longest time from one restart to the next; at least {@link #minDelay()}, and shorter than the run window.
     *
     * @return a duration
     */
    String maxDelay() default "90s";

    /**
     * Time for which a node is left alone after its restart, while others stay eligible; 0 or more.
     *
     * @return a duration
     */
    String cooldown() default "2m";

    /**
     * Whom a restart may hit.
     *
     * @return at least one role
     */
    NodeRole[] roles() default {NodeRole.VALIDATOR, NodeRole.EXECUTOR};

    /**
     * How a node is taken down.
     *
     * @return {@link RestartMode#KILL} for what {@code kill -9} does
     */
    RestartMode mode() default RestartMode.STOP;

    /**
     * How long it stays down before it is started again; 0 or more.
     *
     * @return a duration
     */
    String downFor() default "0s";
}
