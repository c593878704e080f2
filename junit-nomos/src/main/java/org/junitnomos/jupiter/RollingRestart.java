package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junitnomos.chaos.RollingRestartFault;

/**
 * Restarts every node once, one after the other; see {@link RollingRestartFault}.
 *
 * <p>Times are a number and a unit (ms, s, m, h) or ISO-8601, in protocol time.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Workload(RollingRestartFault.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface RollingRestart {
    /**
     * When the first restarts, from the start of the drive; 0 or more.
     *
     * @return a duration
     */
    String at() default "0s";

    /**
     * Time from one restart to the next; more than 0.
     *
     * @return a duration
     */
    String pause();
}
