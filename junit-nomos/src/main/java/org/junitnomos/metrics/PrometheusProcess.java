package org.junitnomos.metrics;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junitnomos.deploy.session.Entry;
import org.junitnomos.deploy.session.PortLease;
import org.junitnomos.deploy.session.ResourceKind;
import org.junitnomos.deploy.session.Scope;

/** A Prometheus as a process of this machine; registered before it exists. */
final class PrometheusProcess implements PrometheusHost {
    /** Where it listens, and where it reaches the test JVM. */
    static final String HOST = "127.0.0.1";

    private static final long PATIENCE_SECONDS = 10;

    private final Process process;
    private final Entry entry;
    private final PortLease port;

    private PrometheusProcess(Process process, Entry entry, PortLease port) {
        this.process = process;
        this.entry = entry;
        this.port = port;
    }

    static PrometheusProcess start(Path program, Scope scope, Path home, Path log) throws IOException {
        var port = scope.leasePort();
        try {
            var command = new ArrayList<>(List.of(program.toString()));
            command.addAll(PrometheusServer.arguments(home.toString(), HOST + ":" + port.port()));
            var builder = new ProcessBuilder(command)
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(log.toFile()));
            var entry = scope.register(ResourceKind.PROCESS, "Prometheus");
            return new PrometheusProcess(entry.start(builder), entry, port);
        } catch (IOException | RuntimeException e) {
            port.close();
            throw e;
        }
    }

    @Override
    public URI address() {
        return URI.create("http://" + HOST + ":" + port.port());
    }

    @Override
    public Optional<String> ended() {
        return process.isAlive() ? Optional.empty() : Optional.of("it ended with exit code " + process.exitValue());
    }

    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        process.destroy();
        try {
            interrupted |= !awaitEnd();
            if (process.isAlive()) {
                process.destroyForcibly();
                interrupted |= !awaitEnd();
            }
            if (entry.killRest()) {
                entry.released();
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            port.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits for its end; false if it was interrupted meanwhile. */
    private boolean awaitEnd() {
        try {
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (InterruptedException e) {
            process.destroyForcibly();
            return false;
        }
    }
}
