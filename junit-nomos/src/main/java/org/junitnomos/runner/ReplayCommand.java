package org.junitnomos.runner;

import java.math.BigDecimal;
import org.junitnomos.scenario.TimeMode;

/** Writes the command that replays a run. */
final class ReplayCommand {
    private ReplayCommand() {}

    static String of(RunInfo info) {
        var command = new StringBuilder(variables(info.settings())).append("mvn test");
        if (info.test() != null) {
            command.append(" -Dtest=").append(info.test());
        }
        command.append(" -Dnomos.seed=").append(info.seed());
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

    /** Name what changes the plan but can only be set in the environment. */
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
