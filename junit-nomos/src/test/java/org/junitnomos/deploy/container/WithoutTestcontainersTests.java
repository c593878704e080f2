package org.junitnomos.deploy.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.testkit.ChildJvm;

/** Testcontainers is optional: who does not bring it has every other backend. */
class WithoutTestcontainersTests {
    private static final List<String> OPTIONAL = List.of("testcontainers", "docker-java", "commons-compress");

    private static boolean isOptional(String entry) {
        String jar = new File(entry).getName();
        return OPTIONAL.stream().anyMatch(jar::startsWith);
    }

    @Test
    void otherBackendsRunAndContainerSaysWhatIsMissing(@TempDir Path directory) throws Exception {
        String[] whole = ChildJvm.classPath().split(File.pathSeparator);
        assertThat(whole).filteredOn(WithoutTestcontainersTests::isOptional).hasSizeGreaterThan(4);
        String without = Arrays.stream(whole)
                .filter(entry -> !isOptional(entry))
                .collect(Collectors.joining(File.pathSeparator));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();

        try (var child = ChildJvm.run(
                directory,
                List.of(java, "-cp", without, WithoutTestcontainersMain.class.getName(), directory.toString()),
                Map.of())) {
            assertThat(child.await("backends ")).contains("embedded", "process", "container");
            assertThat(child.await("runs ")).isEqualTo("dev node (simulated, rules 2025-12) 11");
            assertThat(child.await("missing "))
                    .isEqualTo("Testcontainers is not on the class path. Add the dependency"
                            + " org.testcontainers:testcontainers (2.0.5 or newer) in scope test.");
            assertThat(child.await("embedded ")).isEqualTo("2");
            assertThat(child.await("process ")).isEqualTo("2");
            assertThat(child.awaitEnd()).isZero();
        }
    }
}
