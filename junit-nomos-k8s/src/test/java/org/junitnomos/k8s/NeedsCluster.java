package org.junitnomos.k8s;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junitnomos.testkit.Unmet;

/**
 * Skip the tests of a class where there is no Kubernetes cluster for tests, with the reason, or fail them with that
 * reason ({@link Unmet}).
 *
 * <p>By its tag the build finds all such tests, to see them skipped where there is no cluster.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("kubernetes")
@ExtendWith(NeedsCluster.Condition.class)
@interface NeedsCluster {

    /** Asks for the cluster once per class that needs one. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return Unmet.judge(TestCluster.missing());
        }
    }
}
