package benchmarks.driver;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Starts what a deployment started once more, by its command lines and configurations, and nothing else. */
final class BareNodes implements AutoCloseable {
    private static final Pattern API = Pattern.compile("\"api\"\\s*:\\s*(\\d+)");

    private final List<Start> starts = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();

    private record Start(List<String> command, List<String> environment, Path directory) {}

    /**
     * Finds them.
     *
     * @param deployed directory of the deployment, which is closed now
     */
    BareNodes(Path deployed) throws IOException {
        try (var files = Files.list(deployed)) {
            for (Path file : files.filter(
                            found -> found.getFileName().toString().startsWith("started-"))
                    .sorted()
                    .toList()) {
                var command = Files.readAllLines(file.resolve("command"));
                String config = command.stream()
                        .filter(word -> word.endsWith("config.yaml"))
                        .findFirst()
                        .orElse("");
                if (!config.isEmpty()) { // else it is no node
                    starts.add(new Start(
                            command,
                            Files.readAllLines(file.resolve("environment")),
                            Path.of(config).getParent()));
                }
            }
        }
        if (starts.isEmpty()) {
            throw new IOException("no command line of a node in " + deployed);
        }
    }

    /** Forgets what they did, and starts them all at once. */
    void start() throws IOException {
        for (var start : starts) {
            try (var files = Files.walk(start.directory)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    if (!file.endsWith("config.yaml")) {
                        Files.delete(file);
                    }
                }
            }
        }
        for (var start : starts) {
            var builder = new ProcessBuilder(start.command)
                    .directory(start.directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.DISCARD);
            builder.environment().clear();
            for (String variable : start.environment) {
                int at = variable.indexOf('=');
                if (at > 0) {
                    builder.environment().put(variable.substring(0, at), variable.substring(at + 1));
                }
            }
            processes.add(builder.start());
        }
    }

    /** Waits until the first, a dev node, has told its port, and returns its address. */
    URI awaitPort() throws IOException, InterruptedException {
        Path file = starts.get(0).directory.resolve("ports.json");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            if (Files.exists(file)) {
                var port = API.matcher(Files.readString(file));
                if (port.find()) {
                    return URI.create("http://127.0.0.1:" + port.group(1));
                }
            }
            if (System.nanoTime() > end || !processes.get(0).isAlive()) {
                throw new IOException("the node told no port: " + starts.get(0).command);
            }
            Thread.sleep(1);
        }
    }

    /** Resident memory of the first, in MB. */
    double memory() throws IOException {
        return resident(processes.get(0));
    }

    static double resident(Process process) throws IOException {
        return Files.readAllLines(Path.of("/proc", "" + process.pid(), "status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .sum();
    }

    /** Ends them. */
    @Override
    public void close() {
        processes.forEach(BareNodes::end);
        processes.clear();
    }

    static void end(Process process) {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
