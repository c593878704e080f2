package org.junitnomos.runner;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junitnomos.settings.SettingNames;

/**
 * What Maven was called with beside its goals, as far as it says what a test depends on.
 *
 * @param file the POM or its directory, as it was given; null for that of the directory
 * @param words the options to give again, quoted
 */
record MavenOptions(@Nullable String file, List<String> words) {
    private static final List<String> WITH_VALUE =
            List.of("-P", "--activate-profiles", "-s", "--settings", "-gs", "--global-settings", "-t", "--toolchains");
    private static final List<String> WITHOUT_VALUE = List.of("-o", "--offline");
    private static final List<String> FILE = List.of("-f", "--file");
    private static final List<String> DEFINE = List.of("-D", "--define");

    /** Which values of others do not belong into reports. */
    private static final Pattern SECRET = Pattern.compile(".*(passw|passphrase|secret|token|credential|api.?key).*");

    /** What selects tests by their names, which the command does itself. */
    private static final Pattern OURS =
            Pattern.compile("(it\\.)?test|.*failIfNo(Specified)?Tests|nomos\\..*|maven\\.test\\.failure\\.ignore");

    /** What keeps tests from being run, unless it is switched off, which the POM may make necessary. */
    private static final Pattern SKIP = Pattern.compile("skipTests|skipITs|maven\\.test\\.skip(\\.exec)?");

    MavenOptions {
        words = List.copyOf(words);
    }

    static MavenOptions of(List<String> arguments) {
        String file = null;
        var words = new ArrayList<String>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            String next = i + 1 < arguments.size() ? arguments.get(i + 1) : null;
            if (FILE.contains(argument) && next != null) {
                file = next;
                words.addAll(List.of("-f", ShellWord.of(next)));
                i++;
            } else if (WITH_VALUE.contains(argument) && next != null) {
                words.addAll(List.of(argument, ShellWord.of(next)));
                i++;
            } else if (DEFINE.contains(argument) && next != null) {
                define(next, words);
                i++;
            } else if (argument.startsWith("-D")) {
                define(argument.substring(2), words);
            } else if (argument.startsWith("-P") || WITHOUT_VALUE.contains(argument)) {
                words.add(ShellWord.of(argument));
            }
        }
        return new MavenOptions(file, words);
    }

    private static void define(String definition, List<String> words) {
        int end = definition.indexOf('=');
        String name = end < 0 ? definition : definition.substring(0, end);
        String value = end < 0 ? "true" : definition.substring(end + 1);
        if (OURS.matcher(name).matches()
                || name.startsWith(SettingNames.BACKEND)
                || SKIP.matcher(name).matches() && !value.equals("false")) {
            return;
        }
        boolean secret = SECRET.matcher(name.toLowerCase(Locale.ROOT)).matches();
        words.add("-D" + (end < 0 ? name : ShellWord.of(name, secret ? "…" : value)));
    }

    /** Returns the directory of the POM that is built from there; null if there is none. */
    @Nullable
    Path pom(Path start) {
        if (file == null) {
            return start;
        }
        Path given = start.resolve(file).normalize();
        return Files.isDirectory(given) ? given : given.getParent();
    }
}
