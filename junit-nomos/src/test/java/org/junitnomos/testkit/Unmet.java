package org.junitnomos.testkit;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junitnomos.settings.RequirementPolicy;
import org.junitnomos.settings.RunSettings;
import org.opentest4j.TestAbortedException;

/**
 * What becomes of a test that needs something this machine does not have: it is skipped with the reason, or fails with
 * the same reason where {@code nomos.requirements}, {@code NOMOS_REQUIREMENTS} or {@code CI} say that it must be there,
 * by the rules of the library's own setting.
 *
 * <p>Never thrown by a static initializer: the second test would get a {@code NoClassDefFoundError} without a reason.
 */
public final class Unmet {

    private Unmet() {}

    /**
     * Return what a condition says of a test.
     *
     * @param missing what the test needs and does not have; null if it has everything
     */
    public static ConditionEvaluationResult judge(@Nullable String missing) {
        if (missing == null) {
            return ConditionEvaluationResult.enabled("nothing is missing");
        }
        if (mustBeThere()) {
            throw new ExtensionConfigurationException(missing);
        }
        return ConditionEvaluationResult.disabled(missing);
    }

    /** Return what to throw in a test that finds out on its way that it cannot go on. */
    public static RuntimeException unmet(String missing) {
        return mustBeThere() ? new IllegalStateException(missing) : new TestAbortedException(missing);
    }

    private static boolean mustBeThere() {
        return RunSettings.read(name -> Optional.empty(), List.of()).requirements() == RequirementPolicy.FAIL;
    }
}
