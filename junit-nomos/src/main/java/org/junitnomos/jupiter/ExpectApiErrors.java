package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junitnomos.expectation.ApiErrors;

/** Expects that no more than a share of the requests to nodes fail; see {@link ApiErrors}. Repeatable. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(ExpectApiErrors.List.class)
@Expect(ApiErrors.class)
@ExtendWith(NomosExtension.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface ExpectApiErrors {
    /**
     * The largest share, 0 to 1.
     *
     * @return the share, for example 0.01
     */
    double atMost();

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

    /** Holds several {@link ExpectApiErrors} of one element; the compiler writes it. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @ExtendWith(NomosExtension.class)
    @API(status = API.Status.EXPERIMENTAL, since = "0.1")
    @interface List {
        /** {@return the annotations in the order of the source} */
        ExpectApiErrors[] value();
    }
}
