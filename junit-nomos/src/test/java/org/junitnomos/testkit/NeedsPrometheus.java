package org.junitnomos.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junitnomos.metrics.PrometheusChoice;

/** Skip the test where there is no Prometheus, with the reason, or fail it with that reason ({@link Unmet}). */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Tag("prometheus")
@ExtendWith(NeedsPrometheus.Condition.class)
public @interface NeedsPrometheus {

    /** Looks for the program once per class or method that needs it. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return Unmet.judge(
                    PrometheusChoice.here().isPresent()
                            ? null
                            : "needs Prometheus: there is no program 'prometheus' in PATH; install it, as Debian's"
                                    + " package 'prometheus' does");
        }
    }
}
