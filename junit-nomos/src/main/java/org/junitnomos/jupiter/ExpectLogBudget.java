package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junitnomos.expectation.LogBudget;
import org.junitnomos.settings.LogLevel;

/** Expects each node to log no more lines of a kind than that; see {@link LogBudget}. Repeatable. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(ExpectLogBudget.List.class)
@Expect(LogBudget.class)
@ExtendWith(NomosExtension.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface ExpectLogBudget {
    /**
     * Most lines of each node; 0 or more.
     *
     * @return the number
     */
    int atMost();

    /**
     * What is found in a line; empty for any line.
     *
     * @return a regular expression
     */
    String pattern() default "";

    /**
     * Level of the lines, at most one value.
     *
     * @return the level; none for any
     */
    LogLevel[] level() default {};

    /**
     * Name of the node; empty for each node.
     *
     * @return the name
     */
    String node() default "";

    /** Holds several {@link ExpectLogBudget} of one element; the compiler writes it. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @ExtendWith(NomosExtension.class)
    @API(status = API.Status.EXPERIMENTAL, since = "0.1")
    @interface List {
        /** {@return the annotations in the order of the source} */
        ExpectLogBudget[] value();
    }
}
