package org.junitnomos.deploy.external;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junitnomos.deploy.DeployRequest;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.Genesis;

/** Makes what the nodes of a deployment need before the first of them starts. */
final class Preparation {

    private Preparation() {}

    /** The directory of the nodes' logs and directories. */
    static Path directory(DeployRequest request) {
        return request.directory().toAbsolutePath().normalize().resolve("nodes");
    }

    /** Opens the host, admits all nodes and makes their genesis; if that fails, the host is closed. Blocks. */
    static Genesis of(DeployRequest request, NodeHost host) throws InterruptedException {
        try {
            createDirectory(request);
            host.open();
            for (var node : request.topology().nodes()) {
                host.admit(node);
            }
            return host.genesis(request.topology(), request.seed());
        } catch (InterruptedException | RuntimeException | Error e) {
            closeAfter(e, () -> requireNothing(host, host.close()));
            throw e;
        } catch (IOException e) {
            var failure = new DeploymentException("The genesis of the cluster cannot be made: " + e.getMessage(), e);
            closeAfter(failure, () -> requireNothing(host, host.close()));
            throw failure;
        }
    }

    private static void createDirectory(DeployRequest request) {
        try {
            Files.createDirectories(directory(request));
        } catch (IOException e) {
            throw new DeploymentException(
                    "The directory of the nodes cannot be created: " + e + ". Make " + request.directory()
                            + " writable, or set 'nomos.directory'.",
                    e);
        }
    }

    /** Closes after a failure, which stays the one that is told; whoever interrupted us does not hinder that. */
    static void closeAfter(Throwable failure, Runnable closing) {
        boolean interrupted = Thread.interrupted();
        try {
            closing.run();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    static void requireNothing(NodeHost host, List<String> left) {
        if (!left.isEmpty()) {
            throw new DeploymentException(
                    "Deployment '" + host.backend() + "' left " + left.size()
                            + (left.size() == 1 ? " thing" : " things") + " behind: " + String.join("; ", left) + ".",
                    null);
        }
    }
}
