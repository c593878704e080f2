package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junitnomos.expectation.Retrievability;

/**
 * Expects that the bytes of every irreversible blob can be had; see {@link Retrievability}.
 *
 * <p>Needs a workload that publishes blobs, for example {@link DataAvailability}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Expect(Retrievability.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface ExpectRetrievability {
    /**
     * Choices of columns from which each blob is put together; 1 to 1000.
     *
     * @return the number
     */
    int choices() default Retrievability.DEFAULT_CHOICES;
}
