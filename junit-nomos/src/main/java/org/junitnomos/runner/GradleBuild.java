package org.junitnomos.runner;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junitnomos.settings.SettingNames;

/**
 * A build by Gradle. What is set with {@code -D} does not reach its test JVMs unless the build script hands it on, but
 * environment variables do.
 *
 * @param project directory of the project
 * @param start where the build was started
 * @param wrapper the wrapper, or {@code gradle}
 * @param root directory of the root project
 * @param task the task that runs the tests
 */
record GradleBuild(Path project, Path start, String wrapper, Path root, String task) implements Build {
    static final String WORKER = "org.gradle.test.worker";

    private static final List<String> SCRIPTS =
            List.of("build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts");
    private static final Pattern TEMPORARY =
            Pattern.compile(".*[/\\\\]build[/\\\\]tmp[/\\\\]([\\p{Alnum}_-]+)[/\\\\]?.*");

    static boolean isProject(Path directory) {
        return SCRIPTS.stream().anyMatch(script -> Files.isRegularFile(directory.resolve(script)));
    }

    /** Finds the build; null if it is none of Gradle. */
    static @Nullable GradleBuild of(Surroundings jvm, TestSelection test) {
        boolean worker = jvm.properties().containsKey(WORKER);
        Path project = Surroundings.above(test.classes(), GradleBuild::isProject);
        if (project == null && worker) {
            project = Surroundings.directory(jvm.properties().get("user.dir"));
        }
        if (project == null) {
            return null;
        }
        Path root = root(project);
        Path start = Surroundings.directory(jvm.environment().get("PWD"));
        if (!worker || start == null || !start.startsWith(root)) {
            start = root;
        }
        Path script = root.resolve("gradlew");
        Path way = start.relativize(script);
        String wrapper = !Files.isRegularFile(script) ? "gradle" : way.getNameCount() > 1 ? way.toString() : "./" + way;
        return new GradleBuild(project, start, wrapper, root, task(jvm));
    }

    private static Path root(Path project) {
        Path root = Surroundings.above(
                project,
                each -> Files.isRegularFile(each.resolve("settings.gradle"))
                        || Files.isRegularFile(each.resolve("settings.gradle.kts")));
        return root == null ? project : root;
    }

    /** Each task has a directory for temporary files, named after it. */
    private static String task(Surroundings jvm) {
        var temporary = TEMPORARY.matcher(jvm.properties().getOrDefault("java.io.tmpdir", ""));
        return temporary.matches() ? temporary.group(1) : "test";
    }

    @Override
    public String command(TestSelection test, Map<String, String> settings) {
        // a filter of Gradle names a nested class only where its outer class is the one that declares it
        boolean plain = test.plain() && test.type().equals(test.root());
        var variables = new TreeMap<String, String>();
        settings.forEach((name, value) ->
                variables.put(SettingNames.isSetting(name) ? SettingNames.variable(name) : name, value));
        if (!plain) {
            variables.put(SettingNames.variable(SettingNames.TEST), test.id());
        }
        if (test.point() != null) {
            variables.put(SettingNames.variable(SettingNames.SWEEP), test.point());
        }
        var command = new StringBuilder();
        variables.forEach(
                (name, value) -> command.append(ShellWord.of(name, value)).append(' '));
        command.append(ShellWord.of(wrapper));
        if (!project.equals(start)) {
            command.append(" -p ").append(ShellWord.of(start.relativize(project).toString()));
        }
        String path = project.equals(root) ? ":" : ""; // a name alone means the task of every project below as well
        String clean = "clean" + task.substring(0, 1).toUpperCase(Locale.ROOT) + task.substring(1);
        // whether a test passed before is cached by what Gradle knows of, which variables are not
        command.append(" --no-build-cache ").append(path).append(clean);
        command.append(' ').append(path).append(task).append(" --tests ");
        String name = test.root().replaceAll("[^\\p{Alnum}_.$]", "*");
        command.append(ShellWord.of(plain && test.method() != null ? name + "." + test.method() : name));
        return command.toString();
    }
}
