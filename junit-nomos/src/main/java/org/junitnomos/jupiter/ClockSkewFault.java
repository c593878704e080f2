package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junitnomos.chaos.SkewedClockFault;

/**
 * Sets the clock of a node apart from the others for a while; see {@link SkewedClockFault}.
 * Repeatable.
 *
 * <p>Times are a number and a unit (ms, s, m, h) or ISO-8601, in protocol time.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(ClockSkewFault.List.class)
@Workload(SkewedClockFault.class)
@ExtendWith(NomosExtension.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface ClockSkewFault {
    /**
     * Name of the node, for example {@code "validator-0"}.
     *
     * @return the name
     */
    String node();

    /**
     * How far its clock runs ahead, with a minus in front if it runs behind; not 0.
     *
     * @return a duration
     */
    String ahead();

    /**
     * When it begins, from the start of the drive; 0 or more.
     *
     * @return a duration
     */
    String at();

    /**
     * How long it lasts; more than 0, and over before the last slot of the run window.
     *
     * @return a duration
     */
    String duration();

    /**
     * Time from one beginning to the next; more than {@link #duration()}, or 0 for only one.
     *
     * @return a duration
     */
    String every() default "0s";

    /** Holds several {@link ClockSkewFault} of one element; the compiler writes it. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @ExtendWith(NomosExtension.class)
    @API(status = API.Status.EXPERIMENTAL, since = "0.1")
    @interface List {
        /** {@return the annotations in the order of the source} */
        ClockSkewFault[] value();
    }
}
