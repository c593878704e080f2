package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junitnomos.chaos.WithheldSharesFault;

/**
 * Lets all nodes withhold some columns of every blob for a while; see {@link WithheldSharesFault}.
 *
 * <p>Times are a number and a unit (ms, s, m, h) or ISO-8601, in protocol time.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Workload(WithheldSharesFault.class)
@ExtendWith(NomosExtension.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface WithheldShares {
    /**
     * Share of the columns in percent, rounded down to whole columns but at least one; 1 to 100.
     *
     * @return the share
     */
    int percent() default 50;

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
