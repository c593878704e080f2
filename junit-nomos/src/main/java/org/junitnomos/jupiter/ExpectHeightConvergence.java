package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junitnomos.expectation.HeightConvergence;

/**
 * Expects that after the cooldown every running node is on one chain; see {@link HeightConvergence}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Expect(HeightConvergence.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface ExpectHeightConvergence {
    /**
     * Largest distance between a node's tip and the tip of the reference chain, in blocks; 0 or more.
     *
     * @return the spread
     */
    int maxSpread() default HeightConvergence.DEFAULT_MAX_SPREAD;
}
