package org.junitnomos.deploy.embedded;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How much the nodes write to their logs, in ascending order of importance. */
enum LogLevel {
    DEBUG,
    INFO,
    WARN,
    ERROR;

    static final String SETTING = "NOMOS_LOG_LEVEL";

    /** Read the setting; the values of the Rust framework in either case, TRACE being as much as DEBUG here. */
    static LogLevel fromSetting(@Nullable String value) {
        if (value == null || value.isBlank()) {
            return INFO;
        }
        String name = value.strip().toUpperCase(Locale.ROOT);
        if (name.equals("TRACE")) {
            return DEBUG;
        }
        return Arrays.stream(values())
                .filter(level -> level.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Setting " + SETTING + " must be one of "
                        + List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR") + " but was \"" + value + "\"."));
    }

    static LogLevel of(String level) {
        return valueOf(level);
    }
}
