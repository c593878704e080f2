package org.junitnomos.k8s;

import io.fabric8.kubernetes.api.model.ExecConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that a kubeconfig names to get credentials from. The client library goes on without credentials where it
 * fails, so that nobody hears why: it is run again to find out.
 */
final class CredentialPlugin {
    private static final int LIMIT_SECONDS = 20;
    private static final int LONGEST = 400;

    private final ExecConfig plugin;
    private final Path directory;

    /** Takes a plugin, and the directory from which its path counts. */
    CredentialPlugin(ExecConfig plugin, Path directory) {
        this.plugin = plugin;
        this.directory = directory;
    }

    private List<String> command() {
        var command = new ArrayList<String>();
        String program = plugin.getCommand();
        command.add(program.contains("/") ? directory.resolve(program).toString() : program);
        command.addAll(plugin.getArgs());
        return command;
    }

    /** Runs it, and says what became of it, without the last full stop. Blocks up to 20 s. */
    String told() throws InterruptedException {
        String name = "the credentials come from the plugin '"
                + String.join(" ", plugin.getCommand(), String.join(" ", plugin.getArgs()))
                        .strip() + "', which ";
        try {
            Path errors = Files.createTempFile("nomos-plugin", ".txt");
            try {
                return name + run(errors);
            } finally {
                Files.delete(errors);
            }
        } catch (IOException e) {
            return name + "cannot be started: " + e.getMessage();
        }
    }

    private String run(Path errors) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD) // it has the credentials
                .redirectError(errors.toFile());
        plugin.getEnv().forEach(variable -> builder.environment().put(variable.getName(), variable.getValue()));
        builder.environment()
                .put(
                        "KUBERNETES_EXEC_INFO",
                        "{\"apiVersion\":\"" + plugin.getApiVersion()
                                + "\",\"kind\":\"ExecCredential\",\"spec\":{\"interactive\":false}}");
        var process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return "did not end within " + LIMIT_SECONDS + " s";
        }
        String printed =
                Files.readString(errors, StandardCharsets.UTF_8).strip().replaceAll("\\s*\\R\\s*", " | ");
        return (process.exitValue() == 0
                        ? "worked when it was run again"
                        : "ended with exit code " + process.exitValue())
                + (printed.isEmpty()
                        ? ", and printed nothing to standard error"
                        : ", and printed: " + printed.substring(0, Math.min(LONGEST, printed.length())));
    }
}
