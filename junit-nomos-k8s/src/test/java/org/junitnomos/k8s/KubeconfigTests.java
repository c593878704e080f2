package org.junitnomos.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
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

    /** The client library would go to the cluster of the pod that it believes to be in. */
    @Test
    void aClusterWithoutAServerIsRefused() throws IOException {
        for (String nothing :
                new String[] {"{name: c}", "{name: c, cluster: {}}", "{name: c, cluster: {server: ' '}}"}) {
            isRefused(
                    file("clusters: [" + nothing + "]\ncontexts: [{name: x, context: {cluster: c}}]\n"
                            + "current-context: x\n"),
                    "The cluster \"c\" of kubeconfig FILE has no server, expected its URL. Mend the file.");
        }
    }

    private Path oneContext(String cluster, String user) throws IOException {
        return file("clusters: [{name: c, cluster: " + cluster + "}]\nusers: [{name: u, user: " + user + "}]\n"
                + "contexts: [{name: x, context: {cluster: c, user: u}}]\ncurrent-context: x\n");
    }

    @Test
    void aServerThatIsNoUrlIsRefused() throws IOException {
        for (String server : new String[] {"not a url", "ftp://127.0.0.1:9", "https://", ":6443"}) {
            isRefused(
                    oneContext("{server: '" + server + "'}", "{}"),
                    "The cluster \"c\" of kubeconfig FILE has the server \"" + server
                            + "\", expected a URL such as https://host:6443. Mend the file.");
        }
        for (String server : new String[] {"127.0.0.1:9", "http://h", "https://[::1]:6443/path", "h"}) {
            var file = oneContext("{server: '" + server + "'}", "{}");
            assertThatCode(() -> Kubeconfig.read(List.of(file)).check(null))
                    .as(server)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void whatAFileNamesAndIsNotThereIsRefused() throws IOException {
        String server = "server: 'https://127.0.0.1:9'";
        isRefused(
                oneContext("{" + server + ", certificate-authority: ca.crt}", "{}"),
                "The cluster \"c\" of kubeconfig FILE names " + directory.resolve("ca.crt")
                        + ", which is no file that can be read. Mend the file.");
        for (String name : new String[] {"client-certificate", "client-key", "tokenFile"}) {
            isRefused(
                    oneContext("{" + server + "}", "{" + name + ": /nowhere/it}"),
                    "The user \"u\" of kubeconfig FILE names /nowhere/it, which is no file that can be read."
                            + " Mend the file.");
        }
        isRefused(
                oneContext("{" + server + "}", "{exec: {apiVersion: client.authentication.k8s.io/v1}}"),
                "The user \"u\" of kubeconfig FILE has a plugin (exec) without a command. Mend the file.");
        isRefused(
                oneContext("{" + server + "}", "{exec: {command: login}}"),
                "The user \"u\" of kubeconfig FILE has a plugin (exec) without an apiVersion. Mend the file.");
    }

    @Test
    void whatIsNoKubeconfigIsToldInOneLine() throws IOException {
        for (String text :
                new String[] {"{{{ not: yaml", "clusters:\n\t- name: c\n", "- a\n", "hello\n", "a: b\n---\na: c\n"}) {
            var file = file(text);
            assertThatThrownBy(() -> ClusterRequirement.check(TestCluster.settings(file)))
                    .as(text)
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageStartingWith("The kubeconfig " + file + " cannot be read: ")
                    .hasMessageMatching("[^\\n]*[^.]\\.")
                    .message()
                    .doesNotContain("An error has occurred");
        }
        var binary = Files.write(directory.resolve("kubeconfig"), new byte[] {(byte) 0xff, 0, 1});
        isRefused(binary, "The kubeconfig FILE cannot be read: it is no text in UTF-8.");
    }

    @Test
    void certificatesThatAreNoneAreTold() throws IOException {
        assertThatThrownBy(() -> ClusterRequirement.check(TestCluster.settings(oneContext(
                        "{server: 'https://127.0.0.1:9'}",
                        "{client-certificate-data: aGVsbG8=, client-key-data: aGVsbG8=}"))))
                .isInstanceOf(DeploymentException.class)
                .hasMessageStartingWith("Kubernetes at https://127.0.0.1:9/ cannot be used: its certificates or keys in"
                        + " the kubeconfig cannot be read: ")
                .message()
                .doesNotContain("An error has occurred");
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
    void aPluginThatGivesNoCredentialsIsNamedWithWhatItShouldGive() throws IOException {
        program("echo hello");
        assertThat(refused(plugin("./login", "")))
                .endsWith("the plugin './login', which worked when it was run again, so that the cluster does not take"
                        + " what it gives, or it gives no ExecCredential of client.authentication.k8s.io/v1, and printed"
                        + " nothing to standard error.");
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
