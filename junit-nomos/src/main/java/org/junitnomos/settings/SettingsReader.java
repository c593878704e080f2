package org.junitnomos.settings;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings from three sources and collects everything that is wrong with them. An empty text, in any source,
 * is as good as none.
 */
final class SettingsReader {
    private static final BigDecimal LARGEST_FACTOR = BigDecimal.valueOf(1000);
    private static final List<String> ON = List.of("1", "true", "yes", "on");
    private static final List<String> OFF = List.of("0", "false", "no", "off");

    private final Function<String, Optional<String>> parameters;
    private final Map<String, String> environment;
    private final Map<String, String> systemProperties;
    private final List<String> problems = new ArrayList<>();

    SettingsReader(
            Function<String, Optional<String>> parameters,
            Map<String, String> environment,
            Map<String, String> systemProperties) {
        this.parameters = parameters;
        this.environment = environment;
        this.systemProperties = systemProperties;
    }

    /** A text and where it was found. */
    private record Found(String name, String text, String source) {}

    RunSettings read() {
        problems.addAll(SettingNames.unknown(systemProperties.keySet(), "system property"));
        problems.addAll(SettingNames.misspelled(environment.keySet()));
        var settings = new RunSettings(
                text(find(SettingNames.BACKEND)),
                seed(find(SettingNames.SEED)),
                path(find(SettingNames.REPLAY)),
                choice(find(SettingNames.TIME), TimeMode.values()),
                keep(),
                strict(),
                or(choice(find(SettingNames.REQUIREMENTS), RequirementPolicy.values()), requirementsByDefault()),
                or(path(find(SettingNames.DIRECTORY)), RunSettings.DEFAULT_DIRECTORY),
                or(factor(find(SettingNames.RUN_FOR_FACTOR)), BigDecimal.ONE),
                count(find(SettingNames.MAX_NODES)),
                or(choice(find(SettingNames.PROGRESS), ProgressMode.values()), ProgressMode.AUTO),
                flag(find(SettingNames.GROUP_TOPOLOGIES), false),
                flag(variable(SettingNames.SLOW_TEST_ENV), false),
                seconds(variable(SettingNames.SLOT_TIME)),
                coefficient(variable(SettingNames.ACTIVE_SLOT_COEFF)),
                path(variable(SettingNames.LOG_DIR)),
                or(choice(variable(SettingNames.LOG_LEVEL), LogLevel.values()), LogLevel.INFO));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        return settings;
    }

    private @Nullable Found find(String name) {
        String property = systemProperties.get(name);
        if (property != null && !property.isBlank()) {
            return new Found(name, property.strip(), "system property");
        }
        Found variable = variable(SettingNames.variable(name));
        if (variable != null) {
            return variable;
        }
        return parameters
                .apply(name)
                .filter(text -> !text.isBlank())
                .map(text -> new Found(name, text.strip(), "configuration parameter"))
                .orElse(null);
    }

    private @Nullable Found variable(String name) {
        String text = environment.get(name);
        return text == null || text.isBlank() ? null : new Found(name, text.strip(), "environment");
    }

    private KeepPolicy keep() {
        var policy = choice(find(SettingNames.KEEP), KeepPolicy.values());
        if (policy != null) {
            return policy;
        }
        return flag(variable(SettingNames.KEEP_LOGS), false) ? KeepPolicy.ALWAYS : KeepPolicy.FAILED;
    }

    private RequirementPolicy requirementsByDefault() {
        return isCi() ? RequirementPolicy.FAIL : RequirementPolicy.SKIP;
    }

    private boolean isCi() {
        return variable(SettingNames.CI) != null && flag(variable(SettingNames.CI), true);
    }

    /** Say why strict is on; null if it is off. A build server must not be green over what nobody could judge. */
    private @Nullable String strict() {
        var found = find(SettingNames.STRICT);
        if (found == null) {
            return isCi() ? "CI is set in the environment" : null;
        }
        return flag(found, false) ? SettingNames.STRICT + " is on (" + found.source() + ")" : null;
    }

    private static @Nullable String text(@Nullable Found found) {
        return found == null ? null : found.text();
    }

    private @Nullable Long seed(@Nullable Found found) {
        try {
            return found == null ? null : Long.valueOf(found.text());
        } catch (NumberFormatException e) {
            problem(found, "a whole number from -2^63 to 2^63 - 1");
            return null;
        }
    }

    private <E extends Enum<E>> @Nullable E choice(@Nullable Found found, E[] values) {
        if (found == null) {
            return null;
        }
        var labels = new ArrayList<String>();
        for (E value : values) {
            String label = value.name().toLowerCase(Locale.ROOT);
            if (label.equals(found.text().toLowerCase(Locale.ROOT))) {
                return value;
            }
            labels.add(label);
        }
        problem(found, "one of " + String.join(", ", labels));
        return null;
    }

    private boolean flag(@Nullable Found found, boolean otherwise) {
        if (found == null) {
            return otherwise;
        }
        String text = found.text().toLowerCase(Locale.ROOT);
        if (ON.contains(text) || OFF.contains(text)) {
            return ON.contains(text);
        }
        if (found.name().equals(SettingNames.CI)) {
            return otherwise; // not ours: any text means that this is a build server
        }
        problem(found, "1 or true, 0 or false");
        return otherwise;
    }

    private @Nullable Path path(@Nullable Found found) {
        try {
            return found == null ? null : Path.of(found.text());
        } catch (InvalidPathException e) {
            problem(found, "a path");
            return null;
        }
    }

    private @Nullable BigDecimal factor(@Nullable Found found) {
        BigDecimal factor = decimal(found, "a positive number, at most 1000");
        if (factor != null && (factor.signum() <= 0 || factor.compareTo(LARGEST_FACTOR) > 0)) {
            problem(found, "a positive number, at most 1000");
            return null;
        }
        return factor;
    }

    private @Nullable BigDecimal coefficient(@Nullable Found found) {
        BigDecimal coefficient = decimal(found, "a chance between 0 and 1, both excluded");
        if (coefficient != null && (coefficient.signum() <= 0 || coefficient.compareTo(BigDecimal.ONE) >= 0)) {
            problem(found, "a chance between 0 and 1, both excluded");
            return null;
        }
        return coefficient;
    }

    private @Nullable Duration seconds(@Nullable Found found) {
        try {
            if (found != null && Long.parseLong(found.text()) > 0) {
                return Duration.ofSeconds(Long.parseLong(found.text()));
            }
        } catch (NumberFormatException e) {
            problem(found, "a positive whole number of seconds");
            return null;
        }
        if (found != null) {
            problem(found, "a positive whole number of seconds");
        }
        return null;
    }

    private @Nullable BigDecimal decimal(@Nullable Found found, String expected) {
        try {
            return found == null ? null : new BigDecimal(found.text());
        } catch (NumberFormatException e) {
            problem(found, expected);
            return null;
        }
    }

    private int count(@Nullable Found found) {
        try {
            int count = found == null ? 0 : Integer.parseInt(found.text());
            if (count >= 0) {
                return count;
            }
        } catch (NumberFormatException e) {
            problem(found, "a whole number, 0 for no limit");
            return 0;
        }
        problem(found, "a whole number, 0 for no limit");
        return 0;
    }

    private void problem(@Nullable Found found, String expected) {
        if (found != null) {
            problems.add("Setting '" + found.name() + "' (" + found.source() + ") is \"" + found.text()
                    + "\", expected " + expected + ".");
        }
    }

    private static <T> T or(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }
}
