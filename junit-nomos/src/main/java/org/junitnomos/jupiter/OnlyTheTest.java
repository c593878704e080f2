package org.junitnomos.jupiter;

import java.util.Optional;
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
        return wanted == null
                ? FilterResult.included("all tests")
                : FilterResult.includedIf(
                        Selections.admits(wanted, descriptor.getUniqueId().toString()),
                        () -> "chosen by nomos.test",
                        () -> "not chosen by nomos.test");
    }
}
