package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junitnomos.expectation.ApiLatency;

/** Expects that nodes answer a share of the requests in time; see {@link ApiLatency}. Repeatable. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(ExpectApiLatency.List.class)
@Expect(ApiLatency.class)
@ExtendWith(NomosExtension.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface ExpectApiLatency {
    /**
     * The share in percent; more than 0, at most 100.
     *
     * @return the share
     */
    double percentile() default 95;

    /**
     * 5, 10, 20, 50, 100, 200 or 500 ms, or 1, 2, 5, 10 or 20 s.
     *
     * @return a duration, for example {@code "500ms"}
     */
    String within();

    /**
     * Name of the node; empty for each node.
     *
     * @return the name
     */
    String node() default "";

    /**
     * A route of the API; empty for all together.
     *
     * @return for example {@code "/cryptarchia/info"}
     */
    String route() default "";

    /** Holds several {@link ExpectApiLatency} of one element; the compiler writes it. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @ExtendWith(NomosExtension.class)
    @API(status = API.Status.EXPERIMENTAL, since = "0.1")
    @interface List {
        /** {@return the annotations in the order of the source} */
        ExpectApiLatency[] value();
    }
}
