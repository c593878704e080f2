package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junitnomos.scenario.Expectation;

/**
 * Adds an expectation: what must hold when the run is judged. Repeatable.
 *
 * <p>A plain {@code @Expect(X.class)} needs a constructor of {@code X} without parameters. An annotation of your own
 * that carries {@code @Expect(X.class)} configures {@code X} with its attributes, in the same ways as {@link Workload}.
 *
 * <p>The same expectation (same composed annotation, else same class) on a method or nested class replaces that of the
 * enclosing class; others stay. On one element several count, and one that stands there beats one that a composed
 * annotation brings.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(Expect.List.class)
@ExtendWith(NomosExtension.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface Expect {
    /**
     * Class of the expectation.
     *
     * @return the class
     */
    Class<? extends Expectation> value();

    /**
     * Who creates the expectation from the annotation that carries this one. By default its constructor that takes that
     * annotation; else, if it is a record, its components take the attributes of their names; else its constructor
     * without parameters.
     *
     * @return class of the factory; needs a constructor without parameters
     */
    Class<? extends ExpectationFactory<?>> by() default ExpectationFactory.ByConstructor.class;

    /** Holds several {@link Expect} of one element; the compiler writes it. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @ExtendWith(NomosExtension.class)
    @API(status = API.Status.EXPERIMENTAL, since = "0.1")
    @interface List {
        /** {@return the annotations in the order of the source} */
        Expect[] value();
    }
}
