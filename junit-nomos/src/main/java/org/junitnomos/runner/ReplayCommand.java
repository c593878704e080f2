package org.junitnomos.runner;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.Deployers;
import org.junitnomos.settings.RunSettings;
import org.junitnomos.settings.SettingNames;
import org.junitnomos.settings.TimeMode;

/** Writes the command that replays a run. */
final class ReplayCommand {
    private static final Pattern SECRET = Pattern.compile(".*(password|secret|token).*");

    private ReplayCommand() {}

    /** Replays by the seed: in virtual time it is all there is to a run. */
    static String of(RunInfo info) {
        return of(info, SettingNames.SEED, Long.toString(info.seed()));
    }

    /** Replays a run as well as it can be: in real time its faults come from its journal, seed and plan included. */
    static String of(RunInfo info, @Nullable Path directory) {
        Path replayed = info.settings().replay();
        Path recorded = directory == null ? replayed : directory;
        return info.time() == TimeMode.VIRTUAL || recorded == null
                ? of(info)
                : of(info, SettingNames.REPLAY, recorded.toString());
    }

    private static String of(RunInfo info, String source, String value) {
        var settings = variables(info.settings());
        settings.put(source, value);
        settings.putAll(choices(info.settings()));
        var origin = info.origin();
        if (origin == null) {
            return outside(info.test(), settings);
        }
        if (info.settings().strict()) {
            settings.put(SettingNames.STRICT, "true");
        }
        if (info.settings().twice()) {
            settings.put(SettingNames.TWICE, "true");
        }
        settings.putAll(ofBackend(info.scenario().backend()));
        settings.put(
                SettingNames.REPLAY_ON,
                ReplayOn.of(info, origin.systemUnderTest()).text());
        return Build.of(origin.test()).command(origin.test(), settings);
    }

    /** A run of somebody else's code, which nobody here can select. */
    private static String outside(@Nullable String test, Map<String, String> settings) {
        var command = new StringBuilder();
        settings.forEach((name, value) -> {
            if (!SettingNames.isSetting(name)) {
                command.append(ShellWord.of(name, value)).append(' ');
            }
        });
        command.append(test == null ? "run the same program again with" : "mvn test -Dtest=" + ShellWord.of(test));
        settings.forEach((name, value) -> {
            if (SettingNames.isSetting(name)) {
                command.append(" -D").append(ShellWord.of(name, value));
            }
        });
        return command.toString();
    }

    private static Map<String, String> choices(RunSettings settings) {
        var choices = new LinkedHashMap<String, String>();
        if (settings.backend() != null) {
            choices.put(SettingNames.BACKEND, settings.backend());
        }
        TimeMode time = settings.time();
        if (time != null) {
            choices.put(SettingNames.TIME, time.label());
        }
        if (settings.runForFactor().compareTo(BigDecimal.ONE) != 0) {
            choices.put(SettingNames.RUN_FOR_FACTOR, settings.runForFactor().toPlainString());
        }
        return choices;
    }

    /** What is set of the backend, wherever: a node of another program or image is another system under test. */
    private static Map<String, String> ofBackend(String backend) {
        var found = new LinkedHashMap<String, String>();
        var jvm = Surroundings.ofThisJvm();
        for (String name : Deployers.load().settings()) {
            if (!name.startsWith("nomos." + backend + ".")
                    || SECRET.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
                continue;
            }
            String text = System.getProperty(name, jvm.environment().getOrDefault(SettingNames.variable(name), ""));
            if (!text.isBlank()) {
                found.put(name, text.strip());
            }
        }
        return found;
    }

    /** Names what changes the plan but can only be set in the environment. */
    private static Map<String, String> variables(RunSettings settings) {
        var variables = new LinkedHashMap<String, String>();
        if (settings.slot() != null) {
            variables.put(SettingNames.SLOT_TIME, Long.toString(settings.slot().toSeconds()));
        }
        if (settings.activeSlotCoefficient() != null) {
            variables.put(
                    SettingNames.ACTIVE_SLOT_COEFF,
                    settings.activeSlotCoefficient().toPlainString());
        }
        return variables;
    }
}
