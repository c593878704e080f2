package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junitnomos.expectation.BlockRate;

/** Expects so many blocks a slot on the reference chain; see {@link BlockRate}. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Expect(BlockRate.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface ExpectBlockRate {
    /**
     * The fewest blocks a slot; 0 or more.
     *
     * @return the number
     */
    double atLeast();

    /**
     * The most blocks a slot; at most 1.
     *
     * @return the number
     */
    double atMost() default 1;
}
