package org.junitnomos.settings;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Those of the values behind {@link RunSettings} that code may replace. */
record RunChoices(
        @Nullable Long seed,
        @Nullable Path replay,
        Path directory,
        KeepPolicy keep,
        @Nullable String strictBecause) {
    RunChoices {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(keep, "keep");
    }

    static RunChoices read(SettingsReader reader) {
        return new RunChoices(
                reader.find(SettingNames.SEED, "a whole number from -2^63 to 2^63 - 1", Long::valueOf),
                RunValues.path(reader, SettingNames.REPLAY),
                reader.value(SettingNames.DIRECTORY, RunSettings.DEFAULT_DIRECTORY, "a path", Path::of),
                keep(reader),
                strict(reader));
    }

    private static KeepPolicy keep(SettingsReader reader) {
        var policy = reader.choice(SettingNames.KEEP, KeepPolicy.class);
        if (policy != null) {
            return policy;
        }
        return reader.flag(SettingNames.KEEP_LOGS, false) ? KeepPolicy.ALWAYS : KeepPolicy.FAILED;
    }

    static boolean isCi(SettingsReader reader) {
        var ci = reader.look(SettingNames.CI);
        return ci != null && SettingsReader.isCi(ci.text());
    }

    /** Says why strict is on; null if it is off. A build server must not be green over what nobody could judge. */
    private static @Nullable String strict(SettingsReader reader) {
        var found = reader.look(SettingNames.STRICT);
        if (found == null) {
            return isCi(reader) ? "CI is set in the environment" : null;
        }
        boolean on = reader.flag(SettingNames.STRICT, false);
        return on ? SettingNames.STRICT + " is on (" + found.source() + ")" : null;
    }
}
