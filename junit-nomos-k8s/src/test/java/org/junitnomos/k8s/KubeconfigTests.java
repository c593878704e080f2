package org.junitnomos.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.deploy.DeploymentException;

/** Files that the client library would pass over, and take another cluster or no credentials. */
class KubeconfigTests {
    @TempDir
    Path directory;

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("kubeconfig"), text);
    }

    private Path file(String server, String current, String user) throws IOException {
        return file("""
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "%s"}}]
                users: [{name: u, user: %s}]
                contexts: [{name: x, context: {cluster: c, user: u}}, {name: y, context: {cluster: gone, user: u}}]
                %s
                """.formatted(server, user, current.isEmpty() ? "" : "current-context: " + current));
    }

    private void isRefused(Path file, String text, String... settings) {
        assertThatThrownBy(() -> ClusterRequirement.check(TestCluster.settings(file, settings)))
                .isInstanceOf(DeploymentException.class)
                .hasMessage(text.replace("FILE", file.toString()));
    }

    @Test
    void aFileWithNothingInItIsRefused() throws IOException {
        for (String nothing : new String[] {"", "\n", "# none\n", "apiVersion: v1\nkind: Config\n"}) {
            isRefused(
                    file(nothing),
                    "The kubeconfig FILE has no context, so it leads to no cluster. Write one (kubectl config"
                            + " set-context), or name another file in KUBECONFIG or 'nomos.kubernetes.kubeconfig'.");
        }
        isRefused(
                file(""),
                "Setting 'nomos.kubernetes.context' is \"x\", expected a context, but FILE has none.",
                "context",
                "x");
    }

    @Test
    void aCurrentContextThatIsNotThereIsRefused() throws IOException {
        isRefused(
                file("https://127.0.0.1:9", "gone", "{}"),
                "The kubeconfig FILE has the current context \"gone\", expected one of x, y. Choose one (kubectl config"
                        + " use-context), or set 'nomos.kubernetes.context'.");
    }

    @Test
    void noCurrentContextIsRefused() throws IOException {
        isRefused(
                file("https://127.0.0.1:9", "", "{}"),
                "The kubeconfig FILE has no current context, expected one of x, y. Choose it (kubectl config"
                        + " use-context), or set 'nomos.kubernetes.context'.");
    }

    @Test
    void aContextWithoutItsClusterIsRefused() throws IOException {
        isRefused(
                file("https://127.0.0.1:9", "y", "{}"),
                "The context \"y\" of kubeconfig FILE has the cluster \"gone\", expected one of c. Mend the file.");
    }

    @Test
    void aContextThatASettingNamesNeedsNoCurrentOne() throws IOException {
        assertThat(ClusterRequirement.check(TestCluster.settings(
                                file("https://127.0.0.1:9", "gone", "{token: abc}"), "context", "x"))
                        .missing())
                .contains("https://127.0.0.1:9/ cannot be used: the cluster does not answer: connection refused");
    }

    private String refused(String user) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        server.start();
        try {
            var address = "http://127.0.0.1:" + server.getAddress().getPort();
            return String.valueOf(ClusterRequirement.check(TestCluster.settings(file(address, "x", user)))
                    .missing());
        } finally {
            server.stop(0);
        }
    }

    private static String plugin(String command, String arguments) {
        return "{exec: {apiVersion: client.authentication.k8s.io/v1, command: " + command + ", args: [" + arguments
                + "], env: [{name: PROFILE, value: tests}], interactiveMode: Never}}";
    }

    @Test
    void aPluginThatIsNotThereIsNamed() throws IOException {
        assertThat(refused(plugin("aws-not-there", "eks, get-token")))
                .contains("the API server answered 401: ")
                .contains("The credentials are wrong or have expired: the credentials come from the plugin"
                        + " 'aws-not-there eks get-token', which cannot be started: ")
                .contains("No such file or directory");
    }

    private void program(String... lines) throws IOException {
        var program = Files.writeString(directory.resolve("login"), "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void aPluginThatFailsIsNamedWithWhatItPrinted() throws IOException {
        program("echo \"run 'login $1' first, $PROFILE\" >&2", "exit 3");
        assertThat(refused(plugin("./login", "again")))
                .endsWith("the credentials come from the plugin './login again', which ended with exit code 3, and"
                        + " printed: run 'login again' first, tests.");
    }

    @Test
    void whatAPluginPrintsAsCredentialsIsNotTold() throws IOException {
        program("echo secret", "echo 'logged out' >&2", "exit 1");
        assertThat(refused(plugin("./login", "")))
                .endsWith("the plugin './login', which ended with exit code 1, and printed: logged out.")
                .doesNotContain("secret");
    }

    @Test
    void credentialsWithoutAPluginAreWrongThemselves() throws IOException {
        assertThat(refused("{token: abc}")).endsWith("The credentials are wrong or have expired.");
    }
}
