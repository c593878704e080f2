package org.junitnomos.samples.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Does what docs/getting-started.md tells its readers to do, and compares with what it says they will see. */
class GettingStartedTests {
    private static final Path SOURCE = Path.of("getting-started/src/test/java/first/FirstScenarioTests.java");

    @TempDir
    Path directory;

    /** Runs the class of the page, with one word in place of another. */
    private Events run(String word, String replacement) throws Exception {
        var source = directory.resolve("FirstScenarioTests.java");
        Files.writeString(source, Files.readString(SOURCE).replace(word, replacement));
        var classPath = System.getProperty("java.class.path");
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-parameters", "-proc:none", "-cp", classPath, source.toString()))
                .isZero();
        Files.createDirectory(directory.resolve("first"));
        try (var files = Files.newDirectoryStream(directory, "*.class")) {
            for (var file : files) {
                Files.move(file, directory.resolve("first").resolve(file.getFileName()));
            }
        }
        try (var loader = new URLClassLoader(
                new URL[] {directory.toUri().toURL()}, getClass().getClassLoader())) {
            return EngineTestKit.engine("junit-jupiter")
                    .selectors(selectClass(loader.loadClass("first.FirstScenarioTests")))
                    .configurationParameter("nomos.directory", directory.toString())
                    .configurationParameter("nomos.progress", "off")
                    .configurationParameter("nomos.seed", "4711")
                    .configurationParameter("nomos.backend", "embedded")
                    .execute()
                    .testEvents();
        }
    }

    @Test
    void theFirstRunPasses() throws Exception {
        run("restart", "restart")
                .assertStatistics(tests -> tests.succeeded(2).failed(0).aborted(0));
    }

    @Test
    void theFirstFailureIsTheOneOfThePage() throws Exception {
        var failure = run("nodes.restart(", "nodes.isolate(").failed().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow()
                        .getMessage())
                .toList();

        assertThat(failure)
                .singleElement()
                .satisfies(text -> assertThat(Files.readString(Path.of("../docs/getting-started.md")))
                        .contains(text.substring(0, text.indexOf("  logs: "))));
    }
}
