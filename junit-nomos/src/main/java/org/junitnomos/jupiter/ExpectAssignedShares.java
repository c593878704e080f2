package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junitnomos.expectation.AssignedShares;

/** Expects that every member of a subnet gives its own column of each blob; see {@link AssignedShares}. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Expect(AssignedShares.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface ExpectAssignedShares {}
