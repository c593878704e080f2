package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junitnomos.expectation.InclusionLatency;

/** Expects that accepted transactions are on the chain within a time; see {@link InclusionLatency}. Repeatable. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(ExpectInclusionLatency.List.class)
@Expect(InclusionLatency.class)
@ExtendWith(NomosExtension.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface ExpectInclusionLatency {
    /**
     * The share in percent; more than 0, at most 100.
     *
     * @return the share
     */
    double percentile() default 95;

    /**
     * The time, from the answer of the node that took a transaction.
     *
     * @return a duration, for example {@code "30s"}
     */
    String within();

    /**
     * Name of the node to which transactions were submitted first; empty for all nodes together.
     *
     * @return the name
     */
    String node() default "";

    /**
     * Whether each node is judged by itself.
     *
     * @return true to judge each
     */
    boolean eachNode() default false;

    /** Holds several {@link ExpectInclusionLatency} of one element; the compiler writes it. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @ExtendWith(NomosExtension.class)
    @API(status = API.Status.EXPERIMENTAL, since = "0.1")
    @interface List {
        /** {@return the annotations in the order of the source} */
        ExpectInclusionLatency[] value();
    }
}
