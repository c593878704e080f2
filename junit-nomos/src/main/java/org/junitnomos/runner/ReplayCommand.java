package org.junitnomos.runner;

import java.math.BigDecimal;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junitnomos.settings.RunSettings;
import org.junitnomos.settings.SettingNames;
import org.junitnomos.settings.TimeMode;

/** Writes the command that replays a run. */
final class ReplayCommand {
    private ReplayCommand() {}

    /** Replays by the seed: in virtual time it is all there is to a run. */
    static String of(RunInfo info) {
        return of(info, "-Dnomos.seed=" + info.seed());
    }

    /** Replays a run as well as it can be: in real time its faults come from its journal, seed and plan included. */
    static String of(RunInfo info, @Nullable Path directory) {
        Path replayed = info.settings().replay();
        return info.time() == TimeMode.VIRTUAL || (directory == null && replayed == null)
                ? of(info)
                : of(info, "-Dnomos.replay=" + (directory == null ? replayed : directory));
    }

    private static String of(RunInfo info, String source) {
        var command = new StringBuilder(variables(info.settings())).append("mvn test");
        if (info.test() != null) {
            command.append(" -Dtest=").append(info.test());
        }
        command.append(' ').append(source);
        if (info.settings().backend() != null) {
            command.append(" -Dnomos.backend=").append(info.settings().backend());
        }
        TimeMode time = info.settings().time();
        if (time != null) {
            command.append(" -Dnomos.time=").append(time.label());
        }
        if (info.settings().runForFactor().compareTo(BigDecimal.ONE) != 0) {
            command.append(" -Dnomos.run-for.factor=")
                    .append(info.settings().runForFactor().toPlainString());
        }
        return command.toString();
    }

    /** Names what changes the plan but can only be set in the environment. */
    private static String variables(RunSettings settings) {
        var variables = new StringBuilder();
        if (settings.slot() != null) {
            variables
                    .append(SettingNames.SLOT_TIME)
                    .append('=')
                    .append(settings.slot().toSeconds())
                    .append(' ');
        }
        if (settings.activeSlotCoefficient() != null) {
            variables
                    .append(SettingNames.ACTIVE_SLOT_COEFF)
                    .append('=')
                    .append(settings.activeSlotCoefficient().toPlainString())
                    .append(' ');
        }
        return variables.toString();
    }
}
