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
import org.junitnomos.deploy.relay.EnforcedRelay;

/**
 * Skip the test where no rule of nftables can be made, with the reason, or fail it with that reason ({@link Unmet}) where
 * only the program is missing: a machine without the permission, or a kernel without nftables, can do nothing about it.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Tag("netadmin")
@ExtendWith(NeedsNetAdmin.Condition.class)
public @interface NeedsNetAdmin {

    /** Tries it once per class or method. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            String missing = EnforcedRelay.missing().orElse(null);
            if (missing == null || missing.contains("apt-get install")) {
                return Unmet.judge(missing == null ? null : "needs nftables: " + missing);
            }
            return ConditionEvaluationResult.disabled("needs nftables: " + missing);
        }
    }
}
