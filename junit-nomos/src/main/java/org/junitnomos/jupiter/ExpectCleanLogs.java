package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junitnomos.expectation.CleanLogs;

/** Expects few lines of errors, or none, in the logs of the nodes; see {@link CleanLogs}. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Expect(CleanLogs.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface ExpectCleanLogs {
    /**
     * Most lines of errors in the logs of all nodes together; 0 or more.
     *
     * @return the number
     */
    int maxErrors() default 0;

    /**
     * Whether lines that were written while a fault was in force, or in the slot after it, do not count.
     *
     * @return true to excuse them
     */
    boolean excuseFaults() default false;

    /**
     * What is found in a line of an error, for nodes with a format of their own.
     *
     * @return a regular expression
     */
    String pattern() default CleanLogs.DEFAULT_PATTERN;
}
