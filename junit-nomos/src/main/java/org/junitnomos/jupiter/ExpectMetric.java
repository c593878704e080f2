package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junitnomos.expectation.MetricBound;
import org.junitnomos.expectation.MetricMeasure;

/** Expects a metric of the nodes to stay within bounds; see {@link MetricBound}. Repeatable. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(ExpectMetric.List.class)
@Expect(MetricBound.class)
@ExtendWith(NomosExtension.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface ExpectMetric {
    /**
     * The metric as nodes tell it: a name, perhaps with labels; each metric of a node that matches is judged by itself.
     *
     * @return for example {@code "nomos_client_errors{route=\"/cryptarchia/info\"}"}
     */
    String metric();

    /**
     * Name of the node, for example {@code "validator-0"}; empty for each node.
     *
     * @return the name
     */
    String node() default "";

    /**
     * Whether all that match are added up, of all nodes that are judged, and their sum is judged.
     *
     * @return true for the sum
     */
    boolean summed() default false;

    /**
     * What of the metric is bounded.
     *
     * @return the measure
     */
    MetricMeasure measure() default MetricMeasure.VALUE;

    /**
     * Share of the measured time, in percent, of {@link MetricMeasure#PERCENTILE}; more than 0, at most 100.
     *
     * @return the share; 0 for any other measure
     */
    double percentile() default 0;

    /**
     * Length of the spans of which a rate or a percentile is taken; empty for one of the whole run window.
     *
     * @return a duration
     */
    String over() default "";

    /**
     * Lower bound, in the unit of the metric, for a rate by the second.
     *
     * @return the smallest value
     */
    double atLeast() default Double.NEGATIVE_INFINITY;

    /**
     * Upper bound, in the unit of the metric, for a rate by the second.
     *
     * @return the largest value
     */
    double atMost() default Double.POSITIVE_INFINITY;

    /**
     * Share of the measured time for which it may be out of bounds; 0 or more, less than 1.
     *
     * @return the share
     */
    double breach() default 0;

    /**
     * Whether the run ends at once when this can hold no more.
     *
     * @return true to judge it while the run is driven
     */
    boolean continuous() default false;

    /** Holds several {@link ExpectMetric} of one element; the compiler writes it. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @ExtendWith(NomosExtension.class)
    @API(status = API.Status.EXPERIMENTAL, since = "0.1")
    @interface List {
        /** {@return the annotations in the order of the source} */
        ExpectMetric[] value();
    }
}
