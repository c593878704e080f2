package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junitnomos.expectation.NoUnexpectedRestarts;

/** Expects that no node ends or comes back by itself; see {@link NoUnexpectedRestarts}. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Expect(NoUnexpectedRestarts.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface ExpectNoUnexpectedRestarts {}
