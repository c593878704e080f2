package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Drops the expectations that the enclosing class, the superclass or the builder brings. Expectations on the same
 * element stay.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@ExtendWith(NomosExtension.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface NoExpectations {}
