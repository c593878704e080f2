package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junitnomos.settings.TimeMode;

/**
 * Names a scenario, lets one run span all test methods of a class, or chooses how time passes.
 *
 * <p>Not needed otherwise: every other annotation of this package makes a class a scenario.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@TestMethodOrder(ExpectationsLast.class)
@ResourceLock(providers = RunLocks.class)
@ExtendWith(NomosExtension.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface ScenarioOptions {
    /**
     * Name in reports and of the evidence directory; by default class and method.
     *
     * @return the name; empty if it is not set here
     */
    String name() default "";

    /**
     * What one run spans; default {@link RunScope#METHOD}. {@link RunScope#CLASS} needs an {@link ExpectationNodes}
     * method if there are expectations.
     *
     * @return the scope
     */
    RunScope run() default RunScope.INHERIT;

    /**
     * How time passes: {@code time = TimeMode.REAL}. At most one value; by default virtual where the backend can, else
     * real. The setting {@code nomos.time} beats this.
     *
     * @return the mode; empty if it is not set here
     */
    TimeMode[] time() default {};
}
