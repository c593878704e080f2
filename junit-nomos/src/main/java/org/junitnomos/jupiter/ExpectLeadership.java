package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junitnomos.expectation.ConsensusLiveness;
import org.junitnomos.expectation.Leadership;

/** Expects that nodes lead as their stake lets them; see {@link Leadership}. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Expect(Leadership.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface ExpectLeadership {
    /**
     * Number of healthy runs of which one may fail by chance, for each check and node; at least 100.
     *
     * @return the number of runs
     */
    int falseAlarmOneIn() default ConsensusLiveness.DEFAULT_FALSE_ALARM_ONE_IN;
}
