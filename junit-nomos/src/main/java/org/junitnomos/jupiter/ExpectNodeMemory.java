package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junitnomos.expectation.NodeMemory;

/** Expects that nodes need no more memory than that; see {@link NodeMemory}. Repeatable. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(ExpectNodeMemory.List.class)
@Expect(NodeMemory.class)
@ExtendWith(NomosExtension.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface ExpectNodeMemory {
    /**
     * The most mebibytes at any time; more than 0.
     *
     * @return the number; {@code Infinity} for no bound
     */
    double mebibytes() default Double.POSITIVE_INFINITY;

    /**
     * How many mebibytes more than before the run window it may be at the end.
     *
     * @return the number; {@code Infinity} for no bound
     */
    double growth() default Double.POSITIVE_INFINITY;

    /**
     * Name of the node; empty for each node.
     *
     * @return the name
     */
    String node() default "";

    /** Holds several {@link ExpectNodeMemory} of one element; the compiler writes it. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @ExtendWith(NomosExtension.class)
    @API(status = API.Status.EXPERIMENTAL, since = "0.1")
    @interface List {
        /** {@return the annotations in the order of the source} */
        ExpectNodeMemory[] value();
    }
}
