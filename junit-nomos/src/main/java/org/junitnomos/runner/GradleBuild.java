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

    /** A directory of each task, named after it, which its workers are told: {@code build/tmp/test/work}. */
    private static final String TEMPORARY = "org.gradle.internal.worker.tmpdir";

    private static final Pattern OF_A_TASK = Pattern.compile("(.+)[/\\\\]tmp[/\\\\]([^/\\\\]+)[/\\\\]work");

    static boolean isProject(Path directory) {
        return SCRIPTS.stream().anyMatch(script -> Files.isRegularFile(directory.resolve(script)));
    }

    /** Finds the build; null if it is none of Gradle. */
    static @Nullable GradleBuild of(Surroundings jvm, TestSelection test) {
        boolean worker = jvm.properties().containsKey(WORKER);
        var ofATask = OF_A_TASK.matcher(jvm.properties().getOrDefault(TEMPORARY, ""));
        Path built = ofATask.matches() ? Surroundings.directory(ofATask.group(1)) : null;
        Path project = project(built, test.classes());
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
        return new GradleBuild(project, start, wrapper, root, ofATask.matches() ? ofATask.group(2) : "test");
    }

    /** Finds the project by where it builds, as it needs no script of its own: its root project may have it all. */
    private static @Nullable Path project(@Nullable Path built, @Nullable Path classes) {
        Path output = Surroundings.above(classes, each -> each.endsWith("build/classes"));
        Path build = built != null && built.endsWith("build") ? built : output == null ? null : output.getParent();
        Path project = build == null ? null : build.getParent();
        Path script = Surroundings.above(project == null ? classes : project, GradleBuild::isProject);
        return script == null || project == null ? script : project;
    }

    private static Path root(Path project) {
        Path root = Surroundings.above(
                project,
                each -> Files.isRegularFile(each.resolve("settings.gradle"))
                        || Files.isRegularFile(each.resolve("settings.gradle.kts")));
        return root == null ? project : root;
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
        command.append(" --no-build-cache ").append(ShellWord.of(path + clean));
        command.append(' ').append(ShellWord.of(path + task)).append(" --tests ");
        String name = test.root().replaceAll("[^\\p{Alnum}_.$]", "*");
        command.append(ShellWord.of(plain && test.method() != null ? name + "." + test.method() : name));
        return command.toString();
    }
}
