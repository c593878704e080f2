package org.junitnomos.k8s;

import io.fabric8.kubernetes.api.model.ExecConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junitnomos.time.DurationText;
import org.junitnomos.time.VisibleText;

/**
 * A program that a kubeconfig names to get credentials from. The client library goes on without credentials where it
 * fails, so that nobody hears why: it is run again to find out.
 */
final class CredentialPlugin {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int LONGEST = 400;
    private static final int MOST_BYTES = 4 * LONGEST;

    private final ExecConfig plugin;
    private final Path directory;
    private final Duration limit;

    /** Takes a plugin, and the directory from which its path counts. */
    CredentialPlugin(ExecConfig plugin, Path directory) {
        this(plugin, directory, LIMIT);
    }

    CredentialPlugin(ExecConfig plugin, Path directory, Duration limit) {
        this.plugin = plugin;
        this.directory = directory;
        this.limit = limit;
    }

    private List<String> command(String program) {
        var command = new ArrayList<String>();
        command.add(program.contains("/") ? directory.resolve(program).toString() : program);
        given(plugin.getArgs()).forEach(command::add);
        return command;
    }

    /** Lists of a kubeconfig, and what is in them, can be null. */
    private static <T> Stream<T> given(@Nullable List<@Nullable T> list) {
        return list == null ? Stream.of() : list.stream().filter(Objects::nonNull);
    }

    /** Runs it, and says what became of it, without the last full stop. Blocks up to 20 s. */
    String told() throws InterruptedException {
        String program = plugin.getCommand();
        if (program == null) {
            return "the credentials come from a plugin of which the kubeconfig does not say the command";
        }
        String name = "the credentials come from the plugin '" + program + "', which "; // its arguments may be secrets
        try {
            Path errors = Files.createTempFile("nomos-plugin", ".txt");
            try {
                return name + run(command(program), errors);
            } finally {
                Files.delete(errors);
            }
        } catch (IOException e) {
            return name + "cannot be started: " + e.getMessage();
        }
    }

    private String run(List<String> command, Path errors) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD) // it has the credentials
                .redirectError(errors.toFile());
        given(plugin.getEnv())
                .filter(variable -> variable.getName() != null && variable.getValue() != null)
                .forEach(variable -> builder.environment().put(variable.getName(), variable.getValue()));
        builder.environment()
                .put(
                        "KUBERNETES_EXEC_INFO",
                        "{\"apiVersion\":\"" + plugin.getApiVersion()
                                + "\",\"kind\":\"ExecCredential\",\"spec\":{\"interactive\":false}}");
        var process = builder.start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                return "did not end within " + DurationText.format(limit);
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        String printed = printed(errors);
        return (process.exitValue() == 0
                        ? "worked when it was run again, so that the cluster does not take what it gives, or it gives"
                                + " no ExecCredential of " + plugin.getApiVersion()
                        : "ended with exit code " + process.exitValue())
                + (printed.isEmpty()
                        ? ", and printed nothing to standard error"
                        : ", and printed: " + printed.substring(0, Math.min(LONGEST, printed.length())));
    }

    /** The beginning, whatever its encoding and length. */
    private static String printed(Path errors) throws IOException {
        try (var in = Files.newInputStream(errors)) {
            return VisibleText.of(new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8)
                    .strip()
                    .replaceAll("\\s*\\R\\s*", " | "));
        }
    }
}
