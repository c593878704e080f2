package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junitnomos.topology.NodeRole;

/**
 * Chooses the node that a parameter or field of type {@code NodeClient}, {@code NodeHandle} or {@code URI} is about.
 *
 * <p>By name, or by role and index. Without this annotation, or with nothing set, it is the first node.
 */
@Target({ElementType.PARAMETER, ElementType.FIELD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface FromNode {
    /**
     * Name of the node, for example {@code "validator-1"}; excludes the other attributes.
     *
     * @return the name; empty if it is not set
     */
    String value() default "";

    /**
     * Role of the node: {@code role = NodeRole.EXECUTOR}. At most one value.
     *
     * @return the role; empty for every role
     */
    NodeRole[] role() default {};

    /**
     * Position among the nodes of that role, or among all nodes, from 0; default 0.
     *
     * @return the position, or {@link Topology#UNSET}
     */
    int index() default Topology.UNSET;
}
