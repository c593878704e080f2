package org.junitnomos.ends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.testkit.ChildJvm;
import org.junitnomos.testkit.TestLimit;

/** The fork time-out of a real Surefire halts the test JVM, so that no hook and no finally block runs. */
@DisabledOnOs(OS.WINDOWS)
class SurefireTimeoutTests {
    /** On a free machine a test JVM drives its run after 5 s; where it does not get there in time it gets more. */
    private static final int LEAST_SECONDS = 20;

    private static final int MOST_SECONDS = 160;

    /** Version 3.5.4 tells of the time-out, but was seen to let the fork go on to its end. */
    private static final String SUREFIRE = "3.5.6";

    private static final String TIMED_OUT = "There was a timeout in the fork";

    @TempDir
    Path directory;

    private static Optional<Path> maven() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(each -> Path.of(each, "mvn"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Test
    @TestLimit(120)
    void leavesALineThatSaysSoAndNothingElse() throws Exception {
        var maven = maven();
        assumeThat(maven).as("Maven on the PATH").isPresent();
        int seconds = LEAST_SECONDS;
        while (!isKilledWhileItDrives(
                maven.orElseThrow(), Files.createDirectory(directory.resolve("" + seconds)), seconds)) {
            assertThat(seconds).as("seconds in which no run was driven").isLessThan(MOST_SECONDS);
            seconds *= 2;
        }
    }

    /** Says whether the time-out came while the run was driven; if not, nothing is shown. */
    private static boolean isKilledWhileItDrives(Path maven, Path directory, int seconds) throws Exception {
        try (var jvm = new TestJvm(directory)) {
            jvm.with("nomos.backend", "process").with("nomos.time", "real");
            Files.writeString(directory.resolve("pom.xml"), pom(jvm.options(), seconds));
            var goal = "org.apache.maven.plugins:maven-surefire-plugin:" + SUREFIRE + ":test";
            var command = List.of(maven.toString(), "-B", "-f", "pom.xml", goal);
            try (var build = ChildJvm.run(directory, command, Map.of())) {
                build.awaitLine(line -> line.contains("driving ")
                        || line.contains("PluginResolutionException")
                        || line.contains(TIMED_OUT));
                assumeThat(build.text()).as("Maven finds Surefire").doesNotContain("PluginResolutionException");
                assertThat(build.awaitEnd()).isNotZero();
                assertThat(build.text()).contains(TIMED_OUT);
                if (!build.text().contains("driving ")) {
                    return false;
                }
            }
            jvm.assertEvidence();
            assertThat(jvm.read("unfinished.txt")).contains("forkedProcessTimeoutInSeconds of Surefire does that");
            jvm.assertNothingIsLeft();
            return true;
        }
    }

    private static String pom(List<String> options, int seconds) throws IOException {
        var elements = new ArrayList<String>();
        Path classes = null;
        for (String each : ChildJvm.classPath().split(File.pathSeparator)) {
            if (each.endsWith("test-classes")) {
                classes = Path.of(each);
            } else {
                elements.add("<additionalClasspathElement>" + each + "</additionalClasspathElement>");
            }
        }
        return """
                <project>
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>org.example</groupId>
                  <artifactId>timeout</artifactId>
                  <version>1</version>
                  <dependencies>
                    <dependency>
                      <groupId>org.junit.jupiter</groupId>
                      <artifactId>junit-jupiter</artifactId>
                      <version>%s</version>
                      <scope>test</scope>
                    </dependency>
                  </dependencies>
                  <build><plugins><plugin>
                    <groupId>org.apache.maven.plugins</groupId>
                    <artifactId>maven-surefire-plugin</artifactId>
                    <version>%s</version>
                    <configuration>
                      <test>EndingTestCase$WaitsOnTheClock</test>
                      <testClassesDirectory>%s</testClassesDirectory>
                      <additionalClasspathElements>%s</additionalClasspathElements>
                      <argLine>%s</argLine>
                      <shutdown>kill</shutdown>
                      <forkedProcessTimeoutInSeconds>%d</forkedProcessTimeoutInSeconds>
                    </configuration>
                  </plugin></plugins></build>
                </project>
                """.formatted(
                        jupiter(), SUREFIRE, classes, String.join("", elements), String.join(" ", options), seconds);
    }

    private static String jupiter() {
        return Arrays.stream(ChildJvm.classPath().split(File.pathSeparator))
                .map(each -> Path.of(each).getFileName().toString())
                .filter(each -> each.matches("junit-jupiter-api-.*\\.jar"))
                .map(each -> each.replaceAll("junit-jupiter-api-(.*)\\.jar", "$1"))
                .findFirst()
                .orElseThrow();
    }
}
