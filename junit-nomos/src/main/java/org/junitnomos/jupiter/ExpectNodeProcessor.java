package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junitnomos.expectation.NodeProcessor;

/** Expects that nodes take no more of the processors than that; see {@link NodeProcessor}. Repeatable. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(ExpectNodeProcessor.List.class)
@Expect(NodeProcessor.class)
@ExtendWith(NomosExtension.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface ExpectNodeProcessor {
    /**
     * The most processors at once, on average; more than 0.
     *
     * @return the number, for example 0.5
     */
    double processors();

    /**
     * Length of the spans over which the average is taken; empty for the whole run window.
     *
     * @return a duration
     */
    String over() default "";

    /**
     * Name of the node; empty for each node.
     *
     * @return the name
     */
    String node() default "";

    /** Holds several {@link ExpectNodeProcessor} of one element; the compiler writes it. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @ExtendWith(NomosExtension.class)
    @API(status = API.Status.EXPERIMENTAL, since = "0.1")
    @interface List {
        /** {@return the annotations in the order of the source} */
        ExpectNodeProcessor[] value();
    }
}
