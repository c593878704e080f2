package org.junitnomos.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Sets how long each test may take on a free machine, where a minute is too little. Unlike {@code @Timeout} it gives a
 * busy machine as much more as its pace needs, and says so.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface TestLimit {
    /** In seconds. */
    long value();
}
