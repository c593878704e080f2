package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junitnomos.chaos.SlowDispersalFault;

/**
 * Makes all links of a drawn executor slow for a while; see {@link SlowDispersalFault}.
 *
 * <p>Times are a number and a unit (ms, s, m, h) or ISO-8601, in protocol time.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Workload(SlowDispersalFault.class)
@ExtendWith(NomosExtension.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface SlowDispersal {
    /**
     * Delay of every message while it lasts.
     *
     * @return a duration
     */
    String latency() default "1s";

    /**
     * Largest extra delay, drawn for each message.
     *
     * @return a duration
     */
    String jitter() default "0s";

    /**
     * Chance in thousandths that a transmission is lost and comes one round later; 0 to 999.
     *
     * @return the number
     */
    int lossPerMille() default 0;

    /**
     * Bytes that each link carries in a second.
     *
     * @return the number; 0 for no limit
     */
    long bandwidth() default 0;

    /**
     * When it begins for the first time, from the start of the drive; 0 or more.
     *
     * @return a duration
     */
    String at();

    /**
     * How long it lasts each time; more than 0, and over before the last slot of the run window.
     *
     * @return a duration
     */
    String duration();

    /**
     * Time from one beginning to the next; more than {@link #duration()}.
     *
     * @return a duration; {@code 0s} for only one
     */
    String every() default "0s";
}
