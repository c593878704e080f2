package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Finds out which defects of nodes a scenario would miss: adds a test to each {@link ScenarioTest} that runs the plan
 * on embedded dev nodes in virtual time once for each {@linkplain org.junitnomos.defect.NodeDefect defect of the
 * catalogue}, on all processors.
 *
 * <p>It fails if a defect that the load of the scenario touches is noticed by no expectation. The table of all of them
 * is printed, and is in the directory of runs as text and JSON. The test method is no part of these runs: what it does
 * to nodes and expects of them does not count. The setting {@code nomos.selfcheck} does the same for every scenario.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(NomosExtension.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface SelfCheck {
    /**
     * With how many seeds each defect is run; 1 or more. One that is noticed with any of them counts as noticed.
     *
     * @return the number
     */
    int seeds() default 1;

    /**
     * Names of the defects to run.
     *
     * @return the names; empty for all
     */
    String[] defects() default {};
}
