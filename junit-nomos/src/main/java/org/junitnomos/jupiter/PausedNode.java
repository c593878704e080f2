package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junitnomos.chaos.PausedNodeFault;

/**
 * Halts a node as it stands for a while, once or again and again; see {@link PausedNodeFault}.
 * Repeatable.
 *
 * <p>Times are a number and a unit (ms, s, m, h) or ISO-8601, in protocol time.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(PausedNode.List.class)
@Workload(PausedNodeFault.class)
@ExtendWith(NomosExtension.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface PausedNode {
    /**
     * Name of the node, for example {@code "validator-0"}; empty to draw a running one each time.
     *
     * @return the name
     */
    String node() default "";

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

    /** Holds several {@link PausedNode} of one element; the compiler writes it. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @ExtendWith(NomosExtension.class)
    @API(status = API.Status.EXPERIMENTAL, since = "0.1")
    @interface List {
        /** {@return the annotations in the order of the source} */
        PausedNode[] value();
    }
}
