package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junitnomos.expectation.Dispersal;

/**
 * Expects that every subnet has its share of every blob on the chain; see {@link Dispersal}.
 *
 * <p>Needs a workload that publishes blobs, for example {@link DataAvailability}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Expect(Dispersal.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface ExpectDispersal {}
