package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junitnomos.expectation.HostileLoad;

/** Expects that nothing that must never be included ever is; see {@link HostileLoad}. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Expect(HostileLoad.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface ExpectHostileLoad {}
