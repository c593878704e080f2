package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junitnomos.scenario.WorkloadGenerator;

/**
 * Adds a workload: load or behavior that runs while the run is driven. Repeatable.
 *
 * <p>A plain {@code @Workload(X.class)} needs a constructor of {@code X} without parameters. An annotation of your own
 * that carries {@code @Workload(X.class)} configures {@code X}: make it a record with components named like the
 * attributes. Text becomes a {@link java.time.Duration}, an array a list or set, where the component is one; a
 * component that is a record, such as {@link org.junitnomos.chaos.Schedule}, takes the attributes named like its own
 * components.
 * Where names do not do, {@code X} has a constructor that takes the annotation, or {@link #by()} names a factory.
 * <pre>{@code
 * @Workload(BurstWorkload.class)
 * @Target({TYPE, METHOD}) @Retention(RUNTIME)
 * @interface Burst { int size(); String pause() default "5s"; }
 *
 * record BurstWorkload(int size, Duration pause) implements WorkloadGenerator { ... }
 * }</pre>
 * <p>The same workload (same composed annotation, else same class) on a method or nested class replaces that of the
 * enclosing class; others stay. On one element several count, and one that stands there beats one that a composed
 * annotation brings.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(Workload.List.class)
@ExtendWith(NomosExtension.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface Workload {
    /**
     * Class of the generator.
     *
     * @return the class
     */
    Class<? extends WorkloadGenerator> value();

    /**
     * Who creates the generator from the annotation that carries this one. By default its constructor that takes that
     * annotation; else, if it is a record, its components take the attributes of their names; else its constructor
     * without parameters.
     *
     * @return class of the factory; needs a constructor without parameters
     */
    Class<? extends WorkloadFactory<?>> by() default WorkloadFactory.ByConstructor.class;

    /** Holds several {@link Workload} of one element; the compiler writes it. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @ExtendWith(NomosExtension.class)
    @API(status = API.Status.EXPERIMENTAL, since = "0.1")
    @interface List {
        /** {@return the annotations in the order of the source} */
        Workload[] value();
    }
}
