package org.junitnomos.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junitnomos.settings.SettingsReader;
import org.slf4j.LoggerFactory;

/**
 * What this JVM shows of what started it.
 *
 * @param properties system properties
 * @param environment environment variables
 * @param arguments those that Maven was called with; empty if it was not, or nobody knows
 * @param start where Maven was started; null if it was not, or nobody knows
 * @param wrapped whether Maven came by a wrapper, {@code mvnw}
 * @param reports where Surefire or Failsafe writes reports; null if neither of them forked this JVM
 */
record Surroundings(
        Map<String, String> properties,
        Map<String, String> environment,
        List<String> arguments,
        @Nullable Path start,
        boolean wrapped,
        @Nullable String reports) {
    private static final String WRAPPER = "org.apache.maven.wrapper.MavenWrapperMain";

    /** The main classes of Maven: by its script, by IDEs, and by a wrapper that is a jar. */
    private static final List<String> LAUNCHERS =
            List.of("org.codehaus.plexus.classworlds.launcher.Launcher", "org.codehaus.classworlds.Launcher", WRAPPER);

    /** Where a wrapper puts the Maven that it runs. */
    private static final Pattern WRAPPED = Pattern.compile("-Dmaven\\.home=.*[/\\\\]wrapper[/\\\\]dists[/\\\\].*");

    private static final int ANCESTORS = 4;

    /** Names the file in which a fork is told what to do: {@code … directory dump file file}. */
    private static final Pattern FORK =
            Pattern.compile(".*?(?:surefirebooter\\S*\\.jar|ForkedBooter) (.+?) \\S+ (surefire\\S*tmp)(?: \\S+)?");

    /** Read once, and early: a fork's own files go away with it. */
    private static final class ThisJvm {
        static final Surroundings READ = read(SettingsReader.systemProperties(), System.getenv());
    }

    static Surroundings ofThisJvm() {
        return ThisJvm.READ;
    }

    private static Surroundings read(Map<String, String> properties, Map<String, String> environment) {
        var maven = maven();
        var words = maven == null ? List.<String>of() : words(maven);
        return new Surroundings(
                properties,
                environment,
                maven == null ? told(environment) : words.subList(main(words) + 1, words.size()),
                start(maven, environment),
                words.contains(WRAPPER) || words.stream().anyMatch(WRAPPED.asMatchPredicate()),
                reports(properties.get("sun.java.command")));
    }

    /** Returns a directory that a property or variable names; null if it does not, or there is none. */
    static @Nullable Path directory(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            var path = Path.of(text);
            return Files.isDirectory(path) ? path.toRealPath() : null;
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    /** Returns the nearest directory, from that one up, that has one of the files; null if none has. */
    static @Nullable Path above(@Nullable Path from, Predicate<Path> has) {
        for (Path each = from; each != null; each = each.getParent()) {
            if (has.test(each)) {
                return each;
            }
        }
        return null;
    }

    /** Finds the process of Maven among this one and its parents; null if there is none, or it does not show. */
    private static @Nullable ProcessHandle maven() {
        Optional<ProcessHandle> process = Optional.of(ProcessHandle.current());
        for (int i = 0; i < ANCESTORS && process.isPresent(); i++) {
            if (main(words(process.get())) >= 0) {
                return process.get();
            }
            process = process.get().parent();
        }
        return null;
    }

    private static List<String> words(ProcessHandle process) {
        return List.of(process.info().arguments().orElse(new String[0]));
    }

    /** Finds the main class of Maven among the words of a command; -1 if there is none. */
    private static int main(List<String> words) {
        return LAUNCHERS.stream().mapToInt(words::indexOf).max().orElse(-1);
    }

    /** What the script of Maven leaves in a variable has lost its quotes. */
    private static List<String> told(Map<String, String> environment) {
        var text = environment.getOrDefault("MAVEN_CMD_LINE_ARGS", "").strip();
        return text.isEmpty() ? List.of() : List.of(text.split("\\s+"));
    }

    /** Only Linux shows where another process is; what the script of Maven found instead is the root of the project. */
    private static @Nullable Path start(@Nullable ProcessHandle maven, Map<String, String> environment) {
        Path shown = maven == null ? null : directory("/proc/" + maven.pid() + "/cwd");
        return shown != null ? shown : directory(environment.get("MAVEN_PROJECTBASEDIR"));
    }

    /** Surefire and Failsafe fork the same JVM; they differ in where its reports go. */
    private static @Nullable String reports(@Nullable String command) {
        var fork = FORK.matcher(command == null ? "" : command);
        if (!fork.matches()) {
            return null;
        }
        var told = new Properties();
        try (var input = Files.newInputStream(Path.of(fork.group(1), fork.group(2)))) {
            told.load(input);
        } catch (IOException | RuntimeException e) {
            LoggerFactory.getLogger(Surroundings.class).debug("what the fork was told cannot be read", e);
        }
        return told.getProperty("reportsDirectory", "");
    }
}
