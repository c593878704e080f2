package org.junitnomos.runner;

import java.io.IOException;
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

    /** An option with its value in one word: {@code --file=a}, {@code -f=a}, {@code -fa}; but not {@code -fae}. */
    private static final Pattern ONE_WORD =
            Pattern.compile("(--[a-z-]+|-gs|-[PfstD])=(.*)|(?!-f(?:ae|f|n)$)(-[PfstD])(.+)", Pattern.DOTALL);

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
        var split = split(arguments);
        for (int i = 0; i < split.size(); i++) {
            String argument = split.get(i);
            String next = i + 1 < split.size() ? split.get(i + 1) : null;
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
            } else if (WITHOUT_VALUE.contains(argument)) {
                words.add(argument);
            }
        }
        return new MavenOptions(file, words);
    }

    /** Takes options that stand in one word with their values apart, as Maven does. */
    private static List<String> split(List<String> arguments) {
        var words = new ArrayList<String>();
        for (var argument : arguments) {
            var word = ONE_WORD.matcher(argument);
            if (WITH_VALUE.contains(argument) || FILE.contains(argument) || !word.matches()) {
                words.add(argument);
            } else if (word.group(1) != null) {
                words.addAll(List.of(word.group(1), word.group(2)));
            } else {
                words.addAll(List.of(word.group(3), word.group(4)));
            }
        }
        return words;
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

    /** Returns the POM that is built from there; null if there is none. */
    @Nullable
    Path pom(Path start) {
        Path given = file == null ? start : start.resolve(file);
        Path pom = Files.isDirectory(given) ? given.resolve(MavenBuild.POM) : given;
        try {
            return Files.isRegularFile(pom) ? pom.toRealPath() : null;
        } catch (IOException e) {
            return null;
        }
    }
}
