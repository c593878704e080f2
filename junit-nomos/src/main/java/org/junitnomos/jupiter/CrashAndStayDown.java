package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junitnomos.chaos.CrashFault;

/**
 * Takes drawn nodes down for the rest of the run; see {@link CrashFault}.
 *
 * <p>Times are a number and a unit (ms, s, m, h) or ISO-8601, in protocol time.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Workload(CrashFault.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface CrashAndStayDown {
    /**
     * Number of nodes; at least 1 and fewer than there are.
     *
     * @return the number
     */
    int count() default 1;

    /**
     * When it begins, from the start of the drive; 0 or more.
     *
     * @return a duration
     */
    String at();
}
