package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junitnomos.chaos.FlappingLinksFault;

/**
 * Lets the links of one node go down and up again and again; see {@link FlappingLinksFault}. Repeatable.
 *
 * <p>Times are a number and a unit (ms, s, m, h) or ISO-8601, in protocol time.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(FlappingLinks.List.class)
@Workload(FlappingLinksFault.class)
@ExtendWith(NomosExtension.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface FlappingLinks {
    /**
     * Name of the node, for example {@code "validator-0"}.
     *
     * @return the name
     */
    String node();

    /**
     * When it begins, from the start of the drive; 0 or more.
     *
     * @return a duration
     */
    String at();

    /**
     * How long its links are cut each time; more than 0.
     *
     * @return a duration
     */
    String down();

    /**
     * How long they are up in between; more than 0.
     *
     * @return a duration
     */
    String up();

    /**
     * How often they are cut; at least 1.
     *
     * @return the number
     */
    int times() default 3;

    /** Holds several {@link FlappingLinks} of one element; the compiler writes it. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @ExtendWith(NomosExtension.class)
    @API(status = API.Status.EXPERIMENTAL, since = "0.1")
    @interface List {
        /** {@return the annotations in the order of the source} */
        FlappingLinks[] value();
    }
}
