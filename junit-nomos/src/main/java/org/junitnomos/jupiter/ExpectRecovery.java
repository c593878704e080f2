package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junitnomos.expectation.Recovery;

/**
 * Expects that every node that a fault hit is back on the chain soon after the fault was healed; see {@link Recovery}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Expect(Recovery.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface ExpectRecovery {
    /**
     * Blocks by which the chain may grow until a node is back; at least 1.
     *
     * @return the number
     */
    int withinBlocks() default Recovery.DEFAULT_WITHIN_BLOCKS;

    /**
     * Largest distance at which a node counts as back, in blocks; 0 or more.
     *
     * @return the lag
     */
    int maxLag() default Recovery.DEFAULT_MAX_LAG;
}
