package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junitnomos.expectation.QueryBound;

/** Expects what a query of PromQL gives at the end to be within bounds; see {@link QueryBound}. Repeatable. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(ExpectQuery.List.class)
@Expect(QueryBound.class)
@ExtendWith(NomosExtension.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface ExpectQuery {
    /**
     * The query.
     *
     * @return for example {@code "sum(rate(consensus_processed_blocks[1m]))"}
     */
    String query();

    /**
     * Lower bound.
     *
     * @return the smallest value
     */
    double atLeast() default Double.NEGATIVE_INFINITY;

    /**
     * Upper bound.
     *
     * @return the largest value
     */
    double atMost() default Double.POSITIVE_INFINITY;

    /** Holds several {@link ExpectQuery} of one element; the compiler writes it. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @ExtendWith(NomosExtension.class)
    @API(status = API.Status.EXPERIMENTAL, since = "0.1")
    @interface List {
        /** {@return the annotations in the order of the source} */
        ExpectQuery[] value();
    }
}
