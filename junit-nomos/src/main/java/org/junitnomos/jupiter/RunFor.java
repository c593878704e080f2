package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Says how long a run is driven, how long it cools down, and when it must be over.
 *
 * <p>Attributes that are not set keep what the enclosing class or superclass says.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@ExtendWith(NomosExtension.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface RunFor {
    /**
     * Run window in protocol time, for example {@code "10m"}: workloads run this long, and the test body runs beside
     * them. At least two slots; default 1 minute. The setting {@code nomos.run-for.factor} scales it.
     *
     * @return a duration with unit (ms, s, m, h) or in ISO-8601; empty if it is not set here
     */
    String value() default "";

    /**
     * Waits between the run window and the evaluation, in protocol time; 0 or more. By default the time of as many
     * expected blocks as the security parameter says, at least 5.
     *
     * @return a duration with unit (ms, s, m, h) or in ISO-8601; empty if it is not set here
     */
    String cooldown() default "";

    /**
     * Limit of the whole run in real time, from the deploy to the end of the evaluation; positive. JUnit's {@code
     * @Timeout} covers the test body alone. By default it follows from the run window.
     *
     * @return a duration with unit (ms, s, m, h) or in ISO-8601; empty if it is not set here
     */
    String deadline() default "";
}
