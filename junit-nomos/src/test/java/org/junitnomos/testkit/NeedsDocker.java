package org.junitnomos.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junitnomos.deploy.container.Engine;

/**
 * Skip the test where no Docker engine answers, with the reason; fail it where {@code NOMOS_REQUIREMENTS=fail} or
 * {@code -Dnomos.requirements=fail} says that there must be one.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsDocker.Condition.class)
public @interface NeedsDocker {

    /** Asks for the engine once per class or method that needs one. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            String missing = Engine.needed().missing();
            if (missing == null) {
                return ConditionEvaluationResult.enabled("a Docker engine answers");
            }
            if (mustBeThere(System.getProperty("nomos.requirements"), System.getenv("NOMOS_REQUIREMENTS"))) {
                throw new ExtensionConfigurationException("needs Docker: " + missing);
            }
            return ConditionEvaluationResult.disabled("needs Docker: " + missing);
        }

        private static boolean mustBeThere(String property, String variable) {
            return "fail".equalsIgnoreCase(property == null ? variable : property);
        }
    }
}
