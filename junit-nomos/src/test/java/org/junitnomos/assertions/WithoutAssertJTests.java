package org.junitnomos.assertions;

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

/** AssertJ is optional: who does not bring it runs scenarios all the same, and waits in them. */
class WithoutAssertJTests {
    private static boolean isAssertJ(String entry) {
        return new File(entry).getName().startsWith("assertj");
    }

    @Test
    void scenariosRunAndWait(@TempDir Path directory) throws Exception {
        String[] whole = ChildJvm.classPath().split(File.pathSeparator);
        assertThat(whole).filteredOn(WithoutAssertJTests::isAssertJ).isNotEmpty();
        String without =
                Arrays.stream(whole).filter(entry -> !isAssertJ(entry)).collect(Collectors.joining(File.pathSeparator));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();

        try (var child = ChildJvm.run(
                directory,
                List.of(java, "-cp", without, WithoutAssertJMain.class.getName(), directory.toString()),
                Map.of())) {
            assertThat(child.await("AssertJ ")).isEqualTo("missing");
            assertThat(child.await("waited ")).isEqualTo("true false");
            assertThat(child.await("verdict ")).isEqualTo("PASSED");
            assertThat(child.awaitEnd()).isZero();
        }
    }
}
