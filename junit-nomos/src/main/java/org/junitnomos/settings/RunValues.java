package org.junitnomos.settings;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The values behind {@link RunSettings}, which tells what they mean, and how they are read. */
record RunValues(
        @Nullable String backend,
        @Nullable Long seed,
        @Nullable Path replay,
        @Nullable TimeMode time,
        KeepPolicy keep,
        @Nullable String strictBecause,
        RequirementPolicy requirements,
        Path directory,
        BigDecimal runForFactor,
        int maxNodes,
        ProgressMode progress,
        boolean groupTopologies,
        @Nullable String sweep,
        boolean slow,
        @Nullable Duration slot,
        @Nullable BigDecimal activeSlotCoefficient,
        @Nullable Path logDirectory,
        LogLevel logLevel) {
    private static final BigDecimal LARGEST_FACTOR = BigDecimal.valueOf(1000);

    RunValues {
        Objects.requireNonNull(keep, "keep");
        Objects.requireNonNull(directory, "directory");
    }

    static RunValues read(SettingsReader reader) {
        boolean ci = isCi(reader);
        return new RunValues(
                text(reader, SettingNames.BACKEND),
                reader.find(SettingNames.SEED, "a whole number from -2^63 to 2^63 - 1", Long::valueOf),
                path(reader, SettingNames.REPLAY),
                reader.choice(SettingNames.TIME, TimeMode.class),
                keep(reader),
                strict(reader, ci),
                reader.choice(SettingNames.REQUIREMENTS, ci ? RequirementPolicy.FAIL : RequirementPolicy.SKIP),
                reader.value(SettingNames.DIRECTORY, RunSettings.DEFAULT_DIRECTORY, "a path", Path::of),
                reader.value(
                        SettingNames.RUN_FOR_FACTOR,
                        BigDecimal.ONE,
                        "a positive number, at most 1000",
                        text -> decimal(text, factor -> factor.signum() > 0 && factor.compareTo(LARGEST_FACTOR) <= 0)),
                reader.value(SettingNames.MAX_NODES, 0, "a whole number, 0 for no limit", RunValues::count),
                reader.choice(SettingNames.PROGRESS, ProgressMode.AUTO),
                reader.flag(SettingNames.GROUP_TOPOLOGIES, false),
                text(reader, SettingNames.SWEEP),
                reader.flag(SettingNames.SLOW_TEST_ENV, false),
                reader.find(SettingNames.SLOT_TIME, "a positive whole number of seconds", RunValues::seconds),
                reader.find(
                        SettingNames.ACTIVE_SLOT_COEFF,
                        "a chance between 0 and 1, both excluded",
                        text -> decimal(text, f -> f.signum() > 0 && f.compareTo(BigDecimal.ONE) < 0)),
                path(reader, SettingNames.LOG_DIR),
                reader.choice(SettingNames.LOG_LEVEL, LogLevel.INFO));
    }

    private static KeepPolicy keep(SettingsReader reader) {
        var policy = reader.choice(SettingNames.KEEP, KeepPolicy.class);
        if (policy != null) {
            return policy;
        }
        return reader.flag(SettingNames.KEEP_LOGS, false) ? KeepPolicy.ALWAYS : KeepPolicy.FAILED;
    }

    /** Not ours: any text but one for off means that this is a build server. */
    private static boolean isCi(SettingsReader reader) {
        var ci = reader.look(SettingNames.CI);
        try {
            return ci != null && SettingsReader.isOn(ci.text());
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    /** Says why strict is on; null if it is off. A build server must not be green over what nobody could judge. */
    private static @Nullable String strict(SettingsReader reader, boolean ci) {
        var found = reader.look(SettingNames.STRICT);
        if (found == null) {
            return ci ? "CI is set in the environment" : null;
        }
        boolean on = reader.flag(SettingNames.STRICT, false);
        return on ? SettingNames.STRICT + " is on (" + found.source() + ")" : null;
    }

    private static @Nullable String text(SettingsReader reader, String name) {
        return reader.find(name, "a text", text -> text);
    }

    private static @Nullable Path path(SettingsReader reader, String name) {
        return reader.find(name, "a path", Path::of);
    }

    private static BigDecimal decimal(String text, Predicate<BigDecimal> allowed) {
        var number = new BigDecimal(text);
        if (!allowed.test(number)) {
            throw new IllegalArgumentException(text);
        }
        return number;
    }

    private static Duration seconds(String text) {
        long seconds = Long.parseLong(text);
        if (seconds <= 0) {
            throw new IllegalArgumentException(text);
        }
        return Duration.ofSeconds(seconds);
    }

    private static int count(String text) {
        int count = Integer.parseInt(text);
        if (count < 0) {
            throw new IllegalArgumentException(text);
        }
        return count;
    }

    RunValues with(
            @Nullable Long newSeed,
            @Nullable Path newReplay,
            Path newDirectory,
            KeepPolicy newKeep,
            @Nullable String newStrict) {
        return new RunValues(
                backend,
                newSeed,
                newReplay,
                time,
                newKeep,
                newStrict,
                requirements,
                newDirectory,
                runForFactor,
                maxNodes,
                progress,
                groupTopologies,
                sweep,
                slow,
                slot,
                activeSlotCoefficient,
                logDirectory,
                logLevel);
    }
}
