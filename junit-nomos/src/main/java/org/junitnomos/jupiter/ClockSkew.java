package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Lets the clock of a node run apart from the others from the start. Repeatable, once for each node.
 *
 * <p>A method adds to the skews of its class, and replaces the one of the same node.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(ClockSkew.List.class)
@ExtendWith(NomosExtension.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface ClockSkew {
    /**
     * Name of the node, for example {@code "validator-1"}.
     *
     * @return the name
     */
    String node();

    /**
     * How far its clock runs ahead, for example {@code "1500ms"}; with a minus in front it runs behind. {@code "0s"}
     * takes back what an enclosing class says.
     *
     * @return a duration with unit (ms, s, m, h) or in ISO-8601, with an optional minus in front
     */
    String ahead();

    /** Holds several {@link ClockSkew} of one element; the compiler writes it. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @ExtendWith(NomosExtension.class)
    @API(status = API.Status.EXPERIMENTAL, since = "0.1")
    @interface List {
        /** {@return the annotations in the order of the source} */
        ClockSkew[] value();
    }
}
