package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junitnomos.expectation.Healthy;

/**
 * Expects of a run all that its plan and its system under test can decide; see {@link Healthy}. An expectation that is
 * named beside it takes the place of the one of its class.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Expect(Healthy.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface ExpectHealthy {}
