package org.junitnomos.runner;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junitnomos.settings.SettingNames;

/**
 * A build by Maven: Surefire or Failsafe in a project of its own or in the module of a reactor, or a launcher of an IDE
 * beside a POM.
 *
 * @param module directory of the project
 * @param root directory of the POM that is built, the module's or that of its reactor
 * @param program what runs Maven there: {@code mvn}, or the wrapper of the project
 * @param failsafe whether Failsafe runs the tests
 * @param siblings whether the tests use other modules of the reactor
 * @param options what else Maven was called with
 */
record MavenBuild(Path module, Path root, String program, boolean failsafe, boolean siblings, MavenOptions options)
        implements Build {
    static final String POM = "pom.xml";
    private static final String WRAPPER = "mvnw";

    /** Finds the build; null if it is none of Maven. */
    static @Nullable MavenBuild of(Surroundings jvm, TestSelection test) {
        var options = MavenOptions.of(jvm.arguments());
        var forked = jvm.reports() != null || !jvm.arguments().isEmpty();
        Path module = forked
                ? Surroundings.directory(jvm.properties()
                        .getOrDefault("basedir", jvm.properties().get("user.dir")))
                : beside(test);
        if (module == null || !forked && jvm.properties().containsKey(GradleBuild.WORKER)) {
            return null;
        }
        Path root = root(jvm, options, module, forked);
        return new MavenBuild(
                module,
                root,
                program(jvm, forked, root),
                isFailsafe(jvm, test),
                usesSiblings(jvm, root, module),
                options);
    }

    /** An IDE has a Maven of its own, and nobody knows whether there is another one. */
    private static String program(Surroundings jvm, boolean forked, Path root) {
        Path start = forked && jvm.start() != null ? jvm.start() : root;
        Path with = jvm.wrapped() || !forked
                ? Surroundings.above(start, each -> Files.isExecutable(each.resolve(WRAPPER)))
                : null;
        if (with == null) {
            return "mvn";
        }
        return with.equals(start)
                ? "./" + WRAPPER
                : ShellWord.of(start.relativize(with).resolve(WRAPPER).toString());
    }

    /** The project whose classes they are, if no build of Gradle is nearer. */
    private static @Nullable Path beside(TestSelection test) {
        var nearest = Surroundings.above(
                test.classes(), each -> Files.isRegularFile(each.resolve(POM)) || GradleBuild.isProject(each));
        return nearest != null && Files.isRegularFile(nearest.resolve(POM)) ? nearest : null;
    }

    /**
     * Where the build was started, or what it was told to build there, whose modules may lie beside it; the module if
     * nobody knows. An IDE may be started anywhere.
     */
    private static Path root(Surroundings jvm, MavenOptions options, Path module, boolean forked) {
        Path start =
                forked ? jvm.start() : Surroundings.directory(jvm.properties().get("user.dir"));
        Path pom = start == null ? null : options.pom(start);
        Path built = pom == null ? null : pom.getParent();
        return built != null && (forked || module.startsWith(built)) ? built : module;
    }

    private static boolean isFailsafe(Surroundings jvm, TestSelection test) {
        var reports = jvm.reports();
        var directory = reports == null ? "" : reports.replaceAll(".*[/\\\\](?=.)", ""); // without the project's own
        if (directory.contains("failsafe") || directory.contains("surefire")) {
            return directory.contains("failsafe");
        }
        var name = TestSelection.simple(test.root());
        return name.startsWith("IT") || name.endsWith("IT") || name.endsWith("ITCase");
    }

    private static boolean usesSiblings(Surroundings jvm, Path root, Path module) {
        if (root.equals(module)) {
            return false;
        }
        var path = jvm.properties()
                .getOrDefault("surefire.test.class.path", jvm.properties().getOrDefault("java.class.path", ""));
        return List.of(path.split(File.pathSeparator)).stream()
                .map(Path::of)
                .filter(Path::isAbsolute)
                .anyMatch(entry -> !entry.startsWith(module) && (entry.startsWith(root) || isBuilt(entry)));
    }

    /** Whether it comes from a module, wherever that lies, and not from a repository. */
    private static boolean isBuilt(Path entry) {
        return !entry.toString().endsWith(".jar") || entry.resolveSibling("").endsWith("target");
    }

    @Override
    public String command(TestSelection test, Map<String, String> settings) {
        var command = new StringBuilder();
        settings.forEach((name, value) -> {
            if (!SettingNames.isSetting(name)) {
                command.append(ShellWord.of(name, value)).append(' ');
            }
        });
        command.append(program)
                .append(failsafe ? " verify -Dit.test=" : " test -Dtest=")
                .append(ShellWord.of(pattern(test)));
        if (!test.plain()) {
            command.append(" -D").append(ShellWord.of(SettingNames.TEST, test.id()));
        }
        if (test.point() != null) {
            command.append(" -D").append(ShellWord.of(SettingNames.SWEEP, test.point()));
        }
        settings.forEach((name, value) -> {
            if (SettingNames.isSetting(name)) {
                command.append(" -D").append(ShellWord.of(name, value));
            }
        });
        options.words().forEach(word -> command.append(' ').append(word));
        command.append(scope());
        return command.toString();
    }

    /** The class pattern of Surefire; in the place of a character that a pattern cannot have stands its wildcard. */
    private String pattern(TestSelection test) {
        var type = test.plain() ? test.type() : test.root();
        var simple = TestSelection.simple(type);
        var name = !siblings && EqualNames.isUnique(simple, test.classes()) ? simple : type;
        return name.replaceAll("[^\\p{Alnum}_.$]", "?")
                + (test.plain() && test.method() != null ? "#" + test.method() : "");
    }

    private String scope() {
        var scope = new StringBuilder();
        if (!root.equals(module)) {
            scope.append(" -pl ").append(ShellWord.of(root.relativize(module).toString()));
            if (siblings) {
                scope.append(" -am");
            }
        }
        if (failsafe) {
            scope.append(" -Dtest=none"); // verify would run the unit tests, too
        }
        if (failsafe || siblings) {
            scope.append(" -Dsurefire.failIfNoSpecifiedTests=false");
        }
        if (failsafe && siblings) {
            scope.append(" -Dfailsafe.failIfNoSpecifiedTests=false");
        }
        return scope.toString();
    }
}
