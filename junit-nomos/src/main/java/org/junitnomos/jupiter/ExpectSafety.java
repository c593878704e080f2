package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junitnomos.expectation.Safety;

/**
 * Expects that nothing happens that must never happen, for example two finalized blocks at one height; see {@link
 * Safety}. A violation ends the run at once.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Expect(Safety.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface ExpectSafety {}
