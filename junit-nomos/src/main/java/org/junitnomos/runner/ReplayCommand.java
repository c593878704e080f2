package org.junitnomos.runner;

import org.junitnomos.scenario.TimeMode;

/** Writes the command that replays a run. */
final class ReplayCommand {
    private ReplayCommand() {}

    static String of(RunInfo info) {
        var command = new StringBuilder("mvn test");
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
        if (info.settings().runForFactor().compareTo(java.math.BigDecimal.ONE) != 0) {
            command.append(" -Dnomos.run-for.factor=")
                    .append(info.settings().runForFactor().toPlainString());
        }
        return command.toString();
    }
}
