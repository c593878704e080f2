package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Sets the quality of every link between nodes, where the backend simulates links.
 *
 * <p>Attributes that are not set keep what the enclosing class or superclass says.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@ExtendWith(NomosExtension.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface Links {
    /**
     * Delay that every message has, for example {@code "80ms"}; 0 or more, default 20 ms.
     *
     * @return a duration with unit (ms, s, m, h) or in ISO-8601; empty if it is not set here
     */
    String latency() default "";

    /**
     * Largest extra delay, drawn evenly for each message; 0 or more, default 10 ms.
     *
     * @return a duration with unit (ms, s, m, h) or in ISO-8601; empty if it is not set here
     */
    String jitter() default "";

    /**
     * Chance in thousandths that a transmission is lost and comes one round later; 0 to 999, default 0.
     *
     * @return the chance, or {@link Topology#UNSET}
     */
    int lossPerMille() default Topology.UNSET;

    /**
     * How many bytes a link carries in a second, each way; messages wait for those before them. 0 for as many as there
     * are, which is the default.
     *
     * @return the bandwidth, or {@link Topology#UNSET}
     */
    long bandwidth() default Topology.UNSET;
}
