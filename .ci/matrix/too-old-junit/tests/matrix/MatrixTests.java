package matrix;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class MatrixTests {
    /** In a JVM of its own, because it is said once in each. */
    @Test
    void saysFirstWhatWasFoundWhatIsNeededAndWhatToDo() throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        LauncherMain.class.getName())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        Assertions.assertTrue(
                printed.startsWith("[nomos] junit-nomos needs JUnit 5.13 or newer, but found 5.12.2"
                        + " (junit-jupiter-api-5.12.2.jar). Import org.junit:junit-bom:"),
                printed);
    }
}
