package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Runs a scenario and shows each expectation as a test of its own.
 *
 * <p>The first node deploys, drives and runs the method as the test body; one node for each expectation follows, in the
 * order of the plan. Running one expectation's node again runs the scenario once and reports that node alone. The
 * method may be empty and may take what {@link NomosExtension} injects. The nodes run in one thread, also when JUnit
 * runs tests in parallel.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@TestTemplate
@Execution(ExecutionMode.SAME_THREAD)
@ExtendWith(NomosExtension.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface ScenarioTest {}
