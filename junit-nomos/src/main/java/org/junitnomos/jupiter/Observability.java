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
 * the report. Needs real time, and either the program {@code prometheus} in {@code PATH} or a Docker engine on this
 * machine. With the setting {@code nomos.metrics.query.url} the
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

    /**
     * Image of Prometheus, which then runs in a container: {@code "prom/prometheus:v2.53.1"}. The setting {@code
     * nomos.observability.image} replaces it.
     *
     * @return a name with a tag or a digest; empty for that of the enclosing class, else for the program {@code
     *     prometheus} of this machine, or for {@code prom/prometheus:v2.53.1} where there is none
     */
    String image() default "";
}
