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
import org.junitnomos.deploy.container.Engine;

/**
 * Skip the test where no Docker engine answers, with the reason, or fail it with that reason ({@link Unmet}).
 *
 * <p>By its tag the build finds all such tests, to see them skipped where there is no engine.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Tag("docker")
@ExtendWith(NeedsDocker.Condition.class)
public @interface NeedsDocker {

    /** Asks for the engine once per class or method that needs one. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            String missing = Engine.needed().missing();
            return Unmet.judge(missing == null ? null : "needs Docker: " + missing);
        }
    }
}
