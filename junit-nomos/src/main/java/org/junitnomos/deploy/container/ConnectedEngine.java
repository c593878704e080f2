package org.junitnomos.deploy.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.engine.EngineAddress;
import org.junitnomos.time.DurationText;
import org.slf4j.LoggerFactory;

/** An engine that answers, for one deployment. Thread-safe. */
final class ConnectedEngine implements AutoCloseable {
    /** As Testcontainers has it, for a JVM that is in a container itself. */
    private static final String HOST_OVERRIDE = "TESTCONTAINERS_HOST_OVERRIDE";

    private static final String LOOPBACK = "127.0.0.1";

    private final DockerClient client;
    private final Engine engine;
    private final EngineAddress address;
    private final String host;
    private final @Nullable EngineWatch watch;
    private volatile @Nullable String mute;
    private volatile @Nullable String lost;

    private ConnectedEngine(Engine engine, EngineAddress address, String host, Duration limit) {
        this.client = Engines.connect(engine);
        this.engine = engine;
        this.address = address;
        this.host = host;
        this.watch = address.isDirect() ? EngineWatch.begin(address, limit, () -> giveUp(limit)) : null;
    }

    /**
     * Connects to an engine that was looked for.
     *
     * @param limit how long it may be mute; then every call to it fails
     */
    static ConnectedEngine connect(Engine engine, Duration limit) {
        var address = engine.address();
        if (address == null) {
            throw new DeploymentException(String.valueOf(engine.requirement().missing()), null);
        }
        String override = System.getenv(HOST_OVERRIDE);
        String host = override != null && !override.isBlank() ? override.strip() : address.host();
        return new ConnectedEngine(engine, address, host.equals("localhost") ? LOOPBACK : host, limit);
    }

    /** Asks it; every method blocks until the engine answers, or is given up. */
    DockerClient client() {
        return client;
    }

    /** Where it listens. */
    EngineAddress address() {
        return address;
    }

    /** Name or address by which this JVM reaches the ports that its containers publish. */
    String host() {
        return host;
    }

    /** Says what is wrong with images for that kind of processor; empty if they fit. */
    Optional<String> mismatch(String architecture) {
        return engine.mismatch(architecture);
    }

    /** Whether its ports are reached on this machine, so that they need not be published to others. */
    boolean isLocal() {
        return host.equals(LOOPBACK);
    }

    /** Has whoever waits for an answer fail. */
    private void giveUp(Duration limit) {
        mute = "the engine at " + address + " has not answered for " + DurationText.format(limit)
                + "; see whether it is overloaded or stopped (docker info)";
        closeClient();
    }

    /** Whether a call failed because of the engine, or on the way to it. */
    boolean isTrouble(RuntimeException failure) {
        return mute != null || failure instanceof DockerException || failure.getCause() instanceof IOException;
    }

    /**
     * Notes that nothing is heard of a container any more, for whatever reason but its end; null if the engine hung up.
     */
    String lose(@Nullable Throwable failure) {
        String reason = failure == null
                ? "the engine at " + address + " ended the connection; see whether it still runs (docker info)"
                : told(failure);
        lost = reason;
        return reason;
    }

    /** Why nothing is heard of containers any more; empty while something is. */
    Optional<String> lost() {
        return Optional.ofNullable(lost);
    }

    /** Puts into words why a call failed. */
    String told(@Nullable Throwable failure) {
        String known = mute;
        if (known != null) {
            return known;
        }
        if (failure instanceof DockerException || failure == null) {
            return EngineWording.by(failure);
        }
        var cause = failure.getCause() instanceof IOException io ? io : failure;
        return cause instanceof IOException
                ? "the connection to the engine at " + address + " was lost (" + EngineWording.by(cause)
                        + "); see whether it still runs (docker info)"
                : EngineWording.by(failure);
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
        closeClient();
    }

    private void closeClient() {
        try {
            client.close();
        } catch (IOException | RuntimeException e) {
            LoggerFactory.getLogger(ConnectedEngine.class).debug("The client of {} is not closed", address, e);
        }
    }
}
