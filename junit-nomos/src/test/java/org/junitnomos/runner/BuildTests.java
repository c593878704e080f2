package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildTests {
    private static final String PLAIN_ID = "[class:a.PayTests]/[method:t()]";

    @TempDir
    Path temporary;

    private Path root;
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Map<String, String> settings = new LinkedHashMap<>(Map.of("nomos.seed", "1"));
    private String reports = "/x/target/surefire-reports";
    private List<String> arguments = List.of("test");
    private boolean wrapped;

    @BeforeEach
    void realPath() throws IOException {
        root = temporary.toRealPath();
    }

    private TestSelection plain(Path classes) {
        return new TestSelection("a.PayTests", "a.PayTests", "t", PLAIN_ID, true, null, classes);
    }

    private Path classes(String directory, String... names) throws IOException {
        var classes = Files.createDirectories(root.resolve(directory));
        for (var name : names) {
            var file = classes.resolve(name + ".class");
            Files.createDirectories(file.getParent());
            Files.createFile(file);
        }
        return classes;
    }

    private void touch(String file) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.createFile(root.resolve(file));
    }

    @Nested
    class Maven {
        private String command(TestSelection test, Path start) {
            var jvm = new Surroundings(properties, environment, arguments, start, wrapped, reports);
            return MavenBuild.of(jvm, test).command(test, settings);
        }

        private void project() throws IOException {
            touch("pom.xml");
            properties.put("basedir", root.toString());
        }

        private Path module(String name) throws IOException {
            touch("pom.xml");
            var module = Files.createDirectories(root.resolve(name));
            touch(name + "/pom.xml");
            properties.put("basedir", module.toString());
            return module;
        }

        @Test
        void namesClassAndMethod() throws IOException {
            project();
            assertThat(command(plain(classes("target/test-classes", "a/PayTests")), root))
                    .isEqualTo("mvn test -Dtest=PayTests#t -Dnomos.seed=1");
        }

        @Test
        void namesThePackageWhereTwoClassesHaveOneName() throws IOException {
            project();
            assertThat(command(plain(classes("target/test-classes", "a/PayTests", "b/PayTests")), root))
                    .isEqualTo("mvn test -Dtest=a.PayTests#t -Dnomos.seed=1");
        }

        @Test
        void namesTheTestByItsIdWhereAPatternCannot() throws IOException {
            project();
            var classes = classes("target/test-classes", "a/It's ok");
            var test = new TestSelection(
                    "a.Base$Inner", "a.It's ok", "t", "[class:a.It's ok]/[method:a & b()]", false, null, classes);
            assertThat(command(test, root))
                    .isEqualTo("mvn test -Dtest='It?s?ok' -Dnomos.test='[class:a.It'\\''s ok]/[method:a & b()]'"
                            + " -Dnomos.seed=1");
        }

        @Test
        void namesTheModuleFromWhereTheBuildWasStarted() throws IOException {
            module("services/pay");
            var test = plain(classes("services/pay/target/test-classes", "a/PayTests"));
            assertThat(command(test, root)).endsWith("-Dnomos.seed=1 -pl services/pay");
            assertThat(command(test, root.resolve("services/pay"))).endsWith("-Dnomos.seed=1");
        }

        @Test
        void namesAModuleBesideWhatWasBuilt() throws IOException {
            touch("all/pom.xml");
            properties.put("basedir", module("pay").toString());
            var test = plain(classes("pay/target/test-classes", "a/PayTests"));
            assertThat(command(test, root.resolve("all"))).endsWith("-Dnomos.seed=1 -pl ../pay");

            properties.put(
                    "surefire.test.class.path",
                    root.resolve("repository/core/1/core-1.jar").toString());
            assertThat(command(test, root.resolve("all"))).endsWith(" -pl ../pay");
            for (var sibling : new String[] {"core/target/classes", "core/target/core-1.jar"}) {
                properties.put("surefire.test.class.path", root.resolve(sibling).toString());
                assertThat(command(test, root.resolve("all")))
                        .endsWith(" -pl ../pay -am -Dsurefire.failIfNoSpecifiedTests=false");
            }
        }

        @Test
        void buildsTheModulesThatTheTestsUse() throws IOException {
            var module = module("pay");
            properties.put(
                    "surefire.test.class.path",
                    String.join(
                            File.pathSeparator,
                            module.resolve("target/classes").toString(),
                            root.resolve("core/target/classes").toString()));
            assertThat(command(plain(classes("pay/target/test-classes", "a/PayTests")), root))
                    .isEqualTo("mvn test -Dtest=a.PayTests#t -Dnomos.seed=1 -pl pay -am"
                            + " -Dsurefire.failIfNoSpecifiedTests=false");
        }

        @Test
        void repeatsFailsafeWithoutTheUnitTests() throws IOException {
            project();
            reports = "/x/target/failsafe-reports";
            assertThat(command(plain(classes("target/test-classes", "a/PayTests")), root))
                    .isEqualTo("mvn verify -Dit.test=PayTests#t -Dnomos.seed=1 -Dtest=none"
                            + " -Dsurefire.failIfNoSpecifiedTests=false");
        }

        @Test
        void isNotMistakenInADirectoryThatIsNamedFailsafe() throws IOException {
            project();
            reports = "/failsafe/target/surefire-reports";
            assertThat(command(plain(classes("target/test-classes", "a/PayTests")), root))
                    .isEqualTo("mvn test -Dtest=PayTests#t -Dnomos.seed=1");
        }

        @Test
        void repeatsWhatMavenWasCalledWith() throws IOException {
            touch("build/pom.xml");
            properties.put("basedir", root.resolve("build").toString());
            arguments = List.of(
                    "-B",
                    "-Pslow,it",
                    "-f",
                    "build",
                    "clean",
                    "verify",
                    "-Dmy.flag=a b",
                    "-Dtest=X",
                    "-Dnomos.seed=7",
                    "-DskipITs",
                    "-Dapi.token=hush",
                    "-o",
                    "-D",
                    "x=1",
                    "-T",
                    "2");
            assertThat(command(plain(classes("build/target/test-classes", "a/PayTests")), root))
                    .isEqualTo("mvn test -Dtest=PayTests#t -Dnomos.seed=1 -P slow,it -f build -Dmy.flag='a b'"
                            + " -Dapi.token='…' -o -Dx=1");
        }

        @Test
        void repeatsWhatLetTheTestRunAgainstThePom() throws IOException {
            project();
            arguments = List.of(
                    "test",
                    "-DskipTests=false",
                    "-Dmaven.test.skip=false",
                    "-Dgroups=slow | net",
                    "-DexcludedGroups=",
                    "-DskipITs=true");
            assertThat(command(plain(classes("target/test-classes", "a/PayTests")), root))
                    .endsWith(" -Dnomos.seed=1 -DskipTests=false -Dmaven.test.skip=false -Dgroups='slow | net'"
                            + " -DexcludedGroups=''");
        }

        @Test
        void takesOptionsInOneWordAsMavenDoes() throws IOException {
            touch("all/all.xml"); // which needs no pom.xml beside it
            properties.put("basedir", module("all/pay").toString());
            arguments = List.of(
                    "-fae", "-fall/all.xml", "test", "--settings=my settings.xml", "-P=slow", "-D=x=1", "-gs", "g.xml");
            assertThat(command(plain(classes("all/pay/target/test-classes", "a/PayTests")), root))
                    .isEqualTo("mvn test -Dtest=PayTests#t -Dnomos.seed=1 -f all/all.xml --settings 'my settings.xml'"
                            + " -P slow -Dx=1 -gs g.xml -pl pay");
        }

        @Test
        void findsTheModuleWhereThePomIsGivenByALink() throws IOException {
            var module = module("pay");
            var link = Files.createSymbolicLink(root.resolve("link"), root);
            arguments = List.of("test", "--file", link.resolve("pom.xml").toString());
            assertThat(command(plain(module.resolve("target/test-classes")), root.resolve("pay")))
                    .endsWith("/link/pom.xml -pl pay");
        }

        @Test
        void isRunByTheWrapperThatRanIt() throws IOException {
            module("pay");
            var test = plain(classes("pay/target/test-classes", "a/PayTests"));
            touch("mvnw");
            assertThat(root.resolve("mvnw").toFile().setExecutable(true)).isTrue();
            assertThat(command(test, root)).startsWith("mvn test ");

            wrapped = true;
            assertThat(command(test, root)).startsWith("./mvnw test ");
            assertThat(command(test, root.resolve("pay"))).startsWith("../mvnw test ");
        }

        @Test
        void inAnIdeTheProjectOfTheClassesIsMeant() throws IOException {
            module("pay");
            properties.remove("basedir");
            properties.put("user.dir", root.toString());
            arguments = List.of();
            reports = null;
            assertThat(command(plain(classes("pay/target/test-classes", "a/PayTests")), null))
                    .isEqualTo("mvn test -Dtest=PayTests#t -Dnomos.seed=1 -pl pay");
        }

        @Test
        void variablesOfTheEnvironmentComeFirst() throws IOException {
            project();
            settings.put("CONSENSUS_SLOT_TIME", "5");
            settings.put("nomos.process.command", "q.MyCommand");
            assertThat(command(plain(classes("target/test-classes", "a/PayTests")), root))
                    .startsWith("CONSENSUS_SLOT_TIME=5 mvn test ")
                    .contains(" -Dnomos.process.command=q.MyCommand");
        }
    }

    @Nested
    class Gradle {
        private String command(TestSelection test) {
            properties.put("org.gradle.test.worker", "1");
            var jvm = new Surroundings(properties, environment, List.of(), null, false, null);
            assertThat(MavenBuild.of(jvm, test)).isNull();
            return GradleBuild.of(jvm, test).command(test, settings);
        }

        @Test
        void setsVariablesBecausePropertiesDoNotReachTheTests() throws IOException {
            touch("settings.gradle");
            touch("build.gradle");
            settings.put("nomos.process.command", "q.My Command");
            assertThat(command(plain(classes("build/classes/java/test", "a/PayTests"))))
                    .isEqualTo("NOMOS_PROCESS_COMMAND='q.My Command' NOMOS_SEED=1"
                            + " gradle --no-build-cache :cleanTest :test --tests a.PayTests.t");
        }

        @Test
        void namesTheProjectTheTaskAndTheWrapper() throws IOException {
            touch("settings.gradle.kts");
            touch("gradlew");
            touch("pay/build.gradle.kts");
            environment.put("PWD", root.toString());
            properties.put(
                    "org.gradle.internal.worker.tmpdir",
                    root.resolve("pay/build/tmp/integrationTest/work").toString());
            assertThat(command(plain(classes("pay/build/classes/kotlin/integrationTest", "a/PayTests"))))
                    .isEqualTo("NOMOS_SEED=1 ./gradlew -p pay --no-build-cache cleanIntegrationTest integrationTest"
                            + " --tests a.PayTests.t");
        }

        @Test
        void namesAProjectThatHasNoScriptOfItsOwn() throws IOException {
            touch("settings.gradle");
            touch("build.gradle");
            properties.put("user.dir", root.toString()); // a build may run the tests of all projects there
            var test = plain(classes("pay/build/classes/java/test", "a/PayTests"));
            assertThat(command(test)).endsWith(" gradle -p pay --no-build-cache cleanTest test --tests a.PayTests.t");

            properties.put(
                    "org.gradle.internal.worker.tmpdir",
                    root.resolve("pay/build/tmp/slow tests/work").toString());
            assertThat(command(plain(classes("elsewhere", "a/PayTests"))))
                    .endsWith(" gradle -p pay --no-build-cache 'cleanSlow tests' 'slow tests' --tests a.PayTests.t");
        }

        @Test
        void namesNestedTestsByTheirId() throws IOException {
            touch("build.gradle");
            var classes = classes("build/classes/java/test", "a/PayTests$In");
            var test = new TestSelection(
                    "a.PayTests$In",
                    "a.PayTests",
                    "t",
                    "[class:a.PayTests]/[nested-class:In]/[method:t()]",
                    true,
                    null,
                    classes);
            assertThat(command(test))
                    .isEqualTo("NOMOS_SEED=1 NOMOS_TEST='[class:a.PayTests]/[nested-class:In]/[method:t()]'"
                            + " gradle --no-build-cache :cleanTest :test --tests a.PayTests");
        }
    }

    @Test
    void saysThatNoBuildWasFound() {
        assertThat(new UnknownBuild().command(plain(null), settings))
                .isEqualTo("run a.PayTests again as before (no build was found that runs it), with the system"
                        + " properties -Dnomos.test='[class:a.PayTests]/[method:t()]' -Dnomos.seed=1");
    }
}
