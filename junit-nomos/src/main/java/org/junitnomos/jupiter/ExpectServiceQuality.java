package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junitnomos.expectation.ServiceQuality;

/** Expects that nodes answer in time and without errors, and that their mempools empty; see {@link ServiceQuality}. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Expect(ServiceQuality.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface ExpectServiceQuality {}
