package org.junitnomos.jupiter;

import java.util.Optional;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junitnomos.settings.SettingNames;
import org.junitnomos.settings.SettingsReader;

/** Leaves only the test that the setting {@code nomos.test} names, if it names one; found by every launcher. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class OnlyTheTest implements PostDiscoveryFilter {
    private static final int SHOWN = 12;

    private final @Nullable String wanted;

    /** Reads the setting, and says when JUnit is too old; the launcher calls this. */
    public OnlyTheTest() {
        this(SettingsReader.ofThisJvm(name -> Optional.empty()).find(SettingNames.TEST, "a text", text -> text));
        JupiterVersion.check();
    }

    OnlyTheTest(@Nullable String wanted) {
        this.wanted = wanted;
    }

    @Override
    public FilterResult apply(TestDescriptor descriptor) {
        if (wanted == null) {
            return FilterResult.included("all tests");
        }
        boolean chosen = isChosen(descriptor);
        if (chosen && Selections.isOutermost(id(descriptor))) {
            requireTest(descriptor);
        }
        return FilterResult.includedIf(chosen, () -> "chosen by nomos.test", () -> "not chosen by nomos.test");
    }

    /** Refuses to run nothing where the class is there and the test is not, which no build takes for a failure. */
    private void requireTest(TestDescriptor type) {
        var tests = type.getDescendants().stream()
                .filter(each -> each.getChildren().isEmpty())
                .toList();
        if (!tests.isEmpty() && tests.stream().noneMatch(this::isChosen)) {
            throw new IllegalArgumentException("Setting '" + SettingNames.TEST + "' is \"" + wanted
                    + "\", but there is no such test; its class has\n  "
                    + tests.stream()
                            .map(each -> id(each).replaceFirst("^\\[engine:[^]]*]/", ""))
                            .limit(SHOWN)
                            .collect(Collectors.joining("\n  "))
                    + (tests.size() > SHOWN ? "\n  and " + (tests.size() - SHOWN) + " more" : "")
                    + "\nThe shell needs quotes around the setting; one outside of ASCII needs a locale with UTF-8.");
        }
    }

    private boolean isChosen(TestDescriptor descriptor) {
        return wanted != null && Selections.admits(wanted, id(descriptor));
    }

    private static String id(TestDescriptor descriptor) {
        return descriptor.getUniqueId().toString();
    }
}
