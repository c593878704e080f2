package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.NodeRule;

/**
 * Describes the cluster that a test class or method runs on.
 *
 * <p>Attributes that are not set keep what the enclosing class, the superclass or a composed annotation says, attribute
 * by attribute; a method refines its class. What nobody sets has the default named below. {@link Wallets}, {@link
 * Links} and {@link ClockSkew} complete the description.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@ExtendWith(NomosExtension.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface Topology {
    /** Stands for a number that is not set here; no number that anybody writes, so that -1 is a mistake and told. */
    int UNSET = Integer.MIN_VALUE;

    /**
     * Number of validators; at least 1, default 1.
     *
     * @return the number, or {@link #UNSET}
     */
    int validators() default UNSET;

    /**
     * Number of executors; 0 or more, default 0.
     *
     * @return the number, or {@link #UNSET}
     */
    int executors() default UNSET;

    /**
     * How the stake of the leaders is shared out: one share for each node, validators first, each 0 or more, for
     * example {@code {50, 30, 20}}. A node without a share never leads. By default all have the same.
     *
     * @return the shares; empty if they are not set here
     */
    int[] stake() default {};

    /**
     * Who is connected with whom: {@code layout = NetworkLayout.CHAIN}. At most one value, default
     * {@link NetworkLayout#STAR}.
     *
     * @return the layout; empty if it is not set here
     */
    NetworkLayout[] layout() default {};

    /**
     * Length of one slot, for example {@code "500ms"}; positive, default 2 s.
     *
     * @return a duration with unit (ms, s, m, h) or in ISO-8601; empty if it is not set here
     */
    String slot() default "";

    /**
     * Chance that a slot is won when all stake takes part; more than 0 and less than 1, default 0.9. Read with 15
     * decimal digits.
     *
     * @return the coefficient; {@code NaN} if it is not set here
     */
    double activeSlotCoefficient() default Double.NaN;

    /**
     * Depth, in blocks, from which a block is final; at least 1, default 10.
     *
     * @return the depth, or {@link #UNSET}
     */
    int securityParameter() default UNSET;

    /**
     * Rules of the node that this test wants its nodes not to obey; they are added to those named elsewhere.
     *
     * @return the rules; none by default
     */
    NodeRule[] withoutRules() default {};

    /**
     * What is laid over the configurations of real nodes, as YAML: first what is for {@code all}, then for {@code
     * validators} or {@code executors}, then for the name of a node. Mappings are merged, everything else is replaced,
     * and values of enumerations are tags. Dev nodes have no such configuration, which the first line of a run says.
     *
     * @return for example {@code "all: {tracing: {level: DEBUG}}"}; empty if it is not set here
     */
    String overlay() default "";

    /**
     * Whether any HTTP client reaches the nodes, by {@link org.junitnomos.deploy.NodeHandle#url()}: an application
     * under test, for example. Nodes of the backend {@code embedded} listen on no port without it; with it the run is
     * in real time, if nothing else is said. Those of other backends always listen. At most one value, default false.
     *
     * @return {@code true} or {@code false}; empty if it is not set here
     */
    boolean[] urls() default {};

    /**
     * Name of the backend that provisions the nodes: {@code "embedded"} (default), {@code "process"},
     * {@code "container"}, {@code "kubernetes"} or one of your own. The setting {@code nomos.backend} beats this.
     *
     * @return the name; empty if it is not set here
     */
    String backend() default "";

    /**
     * How long the cluster lives; default {@link ClusterScope#RUN}.
     *
     * @return the scope
     */
    ClusterScope scope() default ClusterScope.INHERIT;

    /**
     * Changes the topology in code after all annotations, and a {@link TopologySweep}, have been read. Needs a
     * constructor without parameters.
     *
     * @return the class of the customizer; {@link TopologyCustomizer.None} if it is not set here
     */
    Class<? extends TopologyCustomizer> customizer() default TopologyCustomizer.None.class;
}
