package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junitnomos.expectation.Finality;

/** Expects that what is k deep becomes final on every node, and nothing else; see {@link Finality}. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Expect(Finality.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface ExpectFinality {}
