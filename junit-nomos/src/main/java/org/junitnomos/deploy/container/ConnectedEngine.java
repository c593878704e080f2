package org.junitnomos.deploy.container;

import com.github.dockerjava.api.DockerClient;
import java.io.IOException;
import java.util.Optional;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.engine.EngineAddress;
import org.slf4j.LoggerFactory;

/**
 * An engine that answers, for one deployment.
 *
 * @param client asks it; thread-safe
 * @param engine what it says of itself
 * @param address where it listens
 * @param host name or address by which this JVM reaches the ports that its containers publish
 */
record ConnectedEngine(DockerClient client, Engine engine, EngineAddress address, String host)
        implements AutoCloseable {
    /** As Testcontainers has it, for a JVM that is in a container itself. */
    private static final String HOST_OVERRIDE = "TESTCONTAINERS_HOST_OVERRIDE";

    private static final String LOOPBACK = "127.0.0.1";

    /** Connect to the engine of this user. */
    static ConnectedEngine connect() {
        var engine = Engine.find();
        var address = engine.address();
        if (address == null) {
            throw new DeploymentException(String.valueOf(engine.requirement().missing()), null);
        }
        String override = System.getenv(HOST_OVERRIDE);
        String host = override != null && !override.isBlank() ? override.strip() : address.host();
        return new ConnectedEngine(
                Engines.connect(engine), engine, address, host.equals("localhost") ? LOOPBACK : host);
    }

    /** Say what is wrong with images for that kind of processor; empty if they fit. */
    Optional<String> mismatch(String architecture) {
        return engine.mismatch(architecture);
    }

    /** Whether its ports are reached on this machine, so that they need not be published to others. */
    boolean isLocal() {
        return host.equals(LOOPBACK);
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException | RuntimeException e) {
            LoggerFactory.getLogger(ConnectedEngine.class).debug("The client of {} is not closed", address, e);
        }
    }
}
