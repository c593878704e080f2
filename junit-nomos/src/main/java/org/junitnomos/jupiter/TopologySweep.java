package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junitnomos.topology.NetworkLayout;

/**
 * Runs a whole test class once for each point of a grid of topologies.
 *
 * <p>The points are all combinations of the lists, in the order validators, executors, layouts, backends; the last
 * varies fastest. An empty list stands for the class's own value. One point is chosen on the command line with {@code
 * -Dnomos.sweep=validators=3,executors=1}; keys are {@code validators}, {@code executors}, {@code layout}, {@code
 * backend} and {@code point} (the number of the point, from 1, before any is excluded).
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@ClassTemplate
@ExtendWith(NomosExtension.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface TopologySweep {
    /**
     * Numbers of validators; each at least 1.
     *
     * @return the numbers; empty for the class's own value
     */
    int[] validators() default {};

    /**
     * Numbers of validators as an inclusive range, for example {@code "1..5"}; excludes {@link #validators()}.
     *
     * @return the range; empty if it is not set
     */
    String validatorRange() default "";

    /**
     * Numbers of executors; each 0 or more.
     *
     * @return the numbers; empty for the class's own value
     */
    int[] executors() default {};

    /**
     * Numbers of executors as an inclusive range, for example {@code "0..2"}; excludes {@link #executors()}.
     *
     * @return the range; empty if it is not set
     */
    String executorRange() default "";

    /**
     * Layouts of the network.
     *
     * @return the layouts; empty for the class's own value
     */
    NetworkLayout[] layouts() default {};

    /**
     * Names of backends. The setting {@code nomos.backend} replaces the whole list.
     *
     * @return the names; empty for the class's own value
     */
    String[] backends() default {};

    /**
     * Name of a static method of the test class without parameters that returns the topologies: a {@code Stream},
     * {@code Iterable} or array of {@code TopologySpec}. Excludes every list but {@link #backends()}.
     *
     * @return the name; empty if it is not set
     */
    String provider() default "";

    /**
     * Points to leave out, for example {@code "validators=1,executors=2"}: every named key must match. A filter that
     * matches no point is refused.
     *
     * @return the filters
     */
    String[] exclude() default {};

    /**
     * Points to show as skipped, with the reason after a colon: {@code "validators=5: too slow for the laptop"}. A
     * filter that matches no point is refused.
     *
     * @return the filters
     */
    String[] skip() default {};

    /**
     * Display name of a point. {@code {point}} stands for all that is swept ({@code validators=3,executors=1}); there
     * are also {@code {validators}}, {@code {executors}}, {@code {layout}}, {@code {backend}} and {@code {index}}.
     *
     * @return the pattern
     */
    String name() default "{point}";
}
