package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junitnomos.chaos.DefectFault;

/**
 * Lets a dev node have a defect of the catalogue for a while, so that you see who notices; see {@link DefectFault}.
 * Repeatable. Real nodes take none: the plan is refused.
 *
 * <p>Times are a number and a unit (ms, s, m, h) or ISO-8601, in protocol time.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(Defect.List.class)
@Workload(DefectFault.class)
@ExtendWith(NomosExtension.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface Defect {
    /**
     * Name of the node, for example {@code "validator-2"}; {@link DefectFault#ALL_NODES} for all.
     *
     * @return the name
     */
    String node();

    /**
     * Name of the defect, for example {@code "never-leads"}.
     *
     * @return the name
     */
    String name();

    /**
     * When it begins, from the start of the drive; 0 or more.
     *
     * @return a duration
     */
    String from() default "0s";

    /**
     * How long the node has it; over before the last slot of the run window.
     *
     * @return a duration; {@code 0s} for the rest of the run window
     */
    String duration() default "0s";

    /** Holds several {@link Defect} of one element; the compiler writes it. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @ExtendWith(NomosExtension.class)
    @API(status = API.Status.EXPERIMENTAL, since = "0.1")
    @interface List {
        /** {@return the annotations in the order of the source} */
        Defect[] value();
    }
}
