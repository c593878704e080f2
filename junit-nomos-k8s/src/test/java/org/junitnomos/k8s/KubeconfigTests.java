package org.junitnomos.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.ExecConfig;
import io.fabric8.kubernetes.api.model.ExecConfigBuilder;
import io.fabric8.kubernetes.api.model.ExecEnvVar;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.FutureTask;
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

    @Test
    void aContextOfWhichNothingIsSaidIsRefused() throws IOException {
        for (String nothing : new String[] {"{name: x}", "{name: x, context: null}", "{name: x, context: {}}"}) {
            isRefused(
                    file("clusters: [{name: c}, {cluster: {}}, null]\ncontexts: [{context: {}}, null, " + nothing
                            + "]\ncurrent-context: x\n"),
                    "The context \"x\" of kubeconfig FILE has no cluster, expected one of c. Mend the file.");
        }
    }

    @Test
    void listsThatAreNullAreEmpty() throws IOException {
        isRefused(
                file("clusters: null\ncontexts: null\nusers: null\ncurrent-context: x\n"),
                "The kubeconfig FILE has no context, so it leads to no cluster. Write one (kubectl config set-context),"
                        + " or name another file in KUBECONFIG or 'nomos.kubernetes.kubeconfig'.");
        isRefused(
                file("clusters: [{name: c, cluster: {server: 'http://127.0.0.1:9'}}]\nusers: null\n"
                        + "contexts: [{name: x, context: {cluster: c, user: u}}]\ncurrent-context: x\n"),
                "The context \"x\" of kubeconfig FILE has the user \"u\", expected one, but there is none. Mend the file.");
        assertThat(ClusterRequirement.check(TestCluster.settings(
                                file("clusters: [{name: c, cluster: {server: 'http://127.0.0.1:9'}}]\nusers: null\n"
                                        + "contexts: [{name: x, context: {cluster: c}}]\ncurrent-context: x\n")))
                        .missing())
                .contains("http://127.0.0.1:9/ cannot be used: the cluster does not answer");
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
                        + " 'aws-not-there', which cannot be started: ")
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
                .endsWith("the credentials come from the plugin './login', which ended with exit code 3, and"
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

    @Test
    void aPluginWithoutArgumentsAndVariablesIsRun() throws IOException {
        program("echo \"got $#\" >&2", "exit 1");
        assertThat(refused("{exec: {apiVersion: client.authentication.k8s.io/v1, command: ./login, args: null,"
                        + " env: null, interactiveMode: Never}}"))
                .endsWith("the plugin './login', which ended with exit code 1, and printed: got 0.");
    }

    private String told(ExecConfig plugin, Duration limit) throws InterruptedException {
        return new CredentialPlugin(plugin, directory, limit).told();
    }

    private static ExecConfig login() {
        return new ExecConfigBuilder().withCommand("./login").build();
    }

    @Test
    void whatOneOfItsListsLacksIsPassedOver() throws Exception {
        program("echo \"$# $A\" >&2", "exit 1");
        var plugin = login();
        plugin.setArgs(Arrays.asList("x", null));
        plugin.setEnv(Arrays.asList(null, new ExecEnvVar(), new ExecEnvVar("B", null), new ExecEnvVar("A", "a")));
        assertThat(told(plugin, Duration.ofMinutes(1))).endsWith("and printed: 1 a");
        plugin.setCommand(null);
        assertThat(told(plugin, Duration.ofMinutes(1))).endsWith("the kubeconfig does not say the command");
    }

    @Test
    void whatAPluginPrintsMayBeLongAndNoText() throws Exception {
        program("printf '\\377x' >&2", "head -c 1000000 /dev/zero | tr '\\0' y >&2", "exit 1");
        assertThat(told(login(), Duration.ofMinutes(1)))
                .contains("printed: \uFFFDxyyy")
                .hasSizeLessThan(600);
    }

    @Test
    void aPluginThatDoesNotEndIsKilled() throws Exception {
        program("exec sleep 1000");
        assertThat(told(login(), Duration.ofMillis(50))).endsWith("'./login', which did not end within 50 ms");
    }

    @Test
    void whatAPluginStartedIsKilledWithIt() throws Exception {
        Path pid = directory.resolve("pid");
        assertThat(new ProcessBuilder("mkfifo", pid.toString()).start().waitFor())
                .isZero();
        program("sleep 1000 &", "echo $! >" + pid, "wait");
        var asked = new FutureTask<>(() -> told(login(), Duration.ofMinutes(10)));
        var thread = new Thread(asked);
        thread.start();
        long child = Long.parseLong(Files.readString(pid).strip());
        thread.interrupt();
        assertThatThrownBy(asked::get).hasCauseInstanceOf(InterruptedException.class);
        ProcessHandle.of(child).ifPresent(process -> process.onExit().join());
    }

    @Test
    void thePathOfAPluginCountsFromTheFileThatHasTheUser() throws Exception {
        program("echo found >&2", "exit 1");
        Path users = file("users: [{name: u, user: " + plugin("./login", "") + "}]\n");
        Path contexts = Files.writeString(
                Files.createDirectory(directory.resolve("other")).resolve("kubeconfig"),
                "contexts: [{name: x, context: {cluster: c, user: u}}]\ncurrent-context: x\n");
        var read = Kubeconfig.read(List.of(contexts, users));
        assertThat(read.plugin(null).orElseThrow().told()).endsWith("and printed: found");
    }
}
