package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junitnomos.expectation.AvailabilityRecovery;

/**
 * Expects that blobs get onto the chain again once all faults are healed; see {@link AvailabilityRecovery}.
 *
 * <p>Needs a workload that publishes blobs, for example {@link DataAvailability}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Expect(AvailabilityRecovery.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface ExpectAvailabilityRecovery {
    /**
     * Blocks by which the chain may grow from the heal until a new blob is on it; at least 1.
     *
     * @return the number of blocks
     */
    int withinBlocks() default AvailabilityRecovery.DEFAULT_WITHIN_BLOCKS;
}
