package org.junitnomos.deploy.container;

import static org.apiguardian.api.API.Status.INTERNAL;

import com.github.dockerjava.api.DockerClient;
import java.net.URI;
import org.apiguardian.api.API;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.engine.EngineAddress;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.dockerclient.TransportConfig;

/** Connects to the engine that {@link Engine} found, by docker-java, and without Ryuk. */
@API(status = INTERNAL, since = "0.1")
public final class Engines {

    private Engines() {}

    /**
     * Connects to an engine. The client knows the credentials of registries as Testcontainers does. It has no limit of
     * its own for an answer, so ask {@link Engine#find()} first. Blocks some 0.5 s the first time in a JVM.
     *
     * @param engine one that was found
     * @return to be closed by the caller
     * @throws DeploymentException if there is no engine, or it refuses
     */
    public static DockerClient connect(Engine engine) {
        var address = engine.address();
        if (address == null) {
            throw new DeploymentException(String.valueOf(engine.requirement().missing()), null);
        }
        try {
            return DockerClientProviderStrategy.getClientForConfig(config(address));
        } catch (RuntimeException e) {
            throw new DeploymentException(
                    "The engine at " + address + " refuses to be spoken to (" + e.getMessage() + ")", e);
        }
    }

    private static TransportConfig config(EngineAddress address) {
        if (address.isDirect()) {
            return TransportConfig.builder()
                    .dockerHost(URI.create(address.text()))
                    .build();
        }
        LoggerFactory.getLogger(Engines.class)
                .warn(
                        "The engine at {} can be asked by a library only. If this test JVM is killed, nobody removes"
                                + " its containers. Then, and when no other test runs, do it by hand: docker ps -aq"
                                + " --filter label=org.junitnomos.session | xargs -r docker rm -fv; networks and"
                                + " volumes have that label, too",
                        address);
        return DockerClientFactory.instance().getTransportConfig();
    }
}
