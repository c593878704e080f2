package org.junitnomos.deploy.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerSurroundingsTests {
    private static OwnerSurroundings throughAPipe(OwnerSurroundings surroundings) throws IOException {
        var bytes = new ByteArrayOutputStream();
        surroundings.write(bytes);
        return OwnerSurroundings.read(new ByteArrayInputStream(bytes.toByteArray()));
    }

    @Test
    void comeOutOfAPipeAsTheyWentIn() throws IOException {
        var odd = new OwnerSurroundings(
                Map.of("TOKEN", " a=b:c\\d\n#e\t\u00fc\u4f60 ", "EMPTY", "", "ProgramFiles(x86)", "C:\\x"),
                Map.of("kubeconfig", "/a b", "user.dir", "/"));

        assertThat(throughAPipe(odd)).isEqualTo(odd);
    }

    @Test
    void areEmptyWhereNothingWasWritten() throws IOException {
        assertThat(OwnerSurroundings.read(new ByteArrayInputStream(new byte[0])))
                .isEqualTo(new OwnerSurroundings(Map.of(), Map.of()));
    }

    @Test
    void lackWhatWouldMakeAnotherJvmThisOne() {
        var taken = OwnerSurroundings.of(
                Map.of("HOME", "/h", "NOMOS_RESOURCE", "nomos-1", "JAVA_TOOL_OPTIONS", "-javaagent:x", "PATH", "/bin"),
                Map.of("java.class.path", "x", "java.net.useSystemProxies", "true", "kubernetes.master", "m"));

        assertThat(taken)
                .isEqualTo(new OwnerSurroundings(
                        Map.of("HOME", "/h", "PATH", "/bin"),
                        Map.of("java.net.useSystemProxies", "true", "kubernetes.master", "m")));
    }

    @Test
    void leavePropertiesThatAJvmHasByItself() {
        var own = new Properties();
        own.setProperty("os.name", "mine");

        new OwnerSurroundings(Map.of(), Map.of("os.name", "theirs", "kubeconfig", "/k")).complete(own);

        assertThat(own).isEqualTo(Map.of("os.name", "mine", "kubeconfig", "/k"));
    }

    @Test
    void giveAProcessEnvironmentAndDirectoryAndNothingElse(@TempDir Path directory) {
        var process = new ProcessBuilder("true");

        new OwnerSurroundings(Map.of("A", "b"), Map.of("user.dir", directory.toString())).surround(process);

        assertThat(process.environment()).isEqualTo(Map.of("A", "b"));
        assertThat(process.directory()).isEqualTo(directory.toFile());
    }

    @Test
    void leaveTheDirectoryWhereThatIsGone(@TempDir Path directory) {
        var process = new ProcessBuilder("true");

        new OwnerSurroundings(
                        Map.of(), Map.of("user.dir", directory.resolve("gone").toString()))
                .surround(process);

        assertThat(process.directory()).isNull();
    }
}
