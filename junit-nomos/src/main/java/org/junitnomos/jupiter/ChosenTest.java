package org.junitnomos.jupiter;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junitnomos.settings.SettingNames;
import org.junitnomos.settings.SettingsReader;

/** What the setting {@code nomos.test} chooses where no launcher can: invocations above all. */
final class ChosenTest {
    private static final Namespace NAMESPACE = Namespace.create(ChosenTest.class);

    private ChosenTest() {}

    /** Skips what the setting does not name. */
    static ConditionEvaluationResult condition(ExtensionContext context) {
        var wanted = wanted(context);
        if (wanted != null && !Selections.admits(wanted, context.getUniqueId())) {
            return ConditionEvaluationResult.disabled("not chosen by nomos.test");
        }
        if (wanted != null && Selections.isWithin(wanted, context.getUniqueId())) {
            context.getRoot().getStore(NAMESPACE).put(wanted, true);
        }
        return ConditionEvaluationResult.enabled("chosen");
    }

    /**
     * Fails a class that has ended without the test, of which only some invocations may be gone: a replay that runs
     * nothing must not succeed.
     *
     * @throws IllegalStateException naming the test
     */
    static void requireMet(ExtensionContext context) {
        var wanted = wanted(context);
        if (wanted != null
                && Selections.admits(wanted, context.getUniqueId())
                && context.getRoot().getStore(NAMESPACE).get(wanted) == null) {
            throw new IllegalStateException("Setting '" + SettingNames.TEST + "' is \"" + wanted + "\", but "
                    + ElementName.nameOf(context.getRequiredTestClass())
                    + " has ended without it: nothing was run."
                    + " Is that test disabled, or has it fewer invocations now?");
        }
    }

    private static @Nullable String wanted(ExtensionContext context) {
        return SettingsReader.ofThisJvm(context::getConfigurationParameter)
                .find(SettingNames.TEST, "a text", text -> text);
    }
}
