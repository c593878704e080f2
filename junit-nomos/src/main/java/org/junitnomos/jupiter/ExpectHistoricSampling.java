package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junitnomos.expectation.HistoricSampling;

/**
 * Expects that every node finds the blobs of irreversible blocks when it samples them anew; see
 * {@link HistoricSampling}.
 *
 * <p>Needs a workload that publishes blobs, for example {@link DataAvailability}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Expect(HistoricSampling.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface ExpectHistoricSampling {
    /**
     * Blocks whose blobs are sampled at most; 1 to 1000.
     *
     * @return the number
     */
    int blocks() default HistoricSampling.DEFAULT_BLOCKS;
}
