package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the cluster a Prometheus of its own, which scrapes everything that is measured; its address is printed and in
 * the report. Needs real time and the program {@code prometheus}. With the setting {@code nomos.metrics.query.url} the
 * one that is named there is asked instead, and none is started.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(NomosExtension.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface Observability {
    /**
     * Whether there is one.
     *
     * @return false to do without what an enclosing class asks for
     */
    boolean value() default true;
}
