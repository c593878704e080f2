package org.junitnomos.metrics;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junitnomos.deploy.SideContainer;

/** A Prometheus in a container beside the networks of the nodes, of whatever backend they are. */
final class PrometheusContainer implements PrometheusHost {
    private static final String INSIDE = "/prometheus"; // where the public image has a volume, which is not made then
    private static final int PORT = 9_090;
    private static final String EVERYWHERE = "0.0.0.0"; // of a network where nobody else is

    private final SideContainer container;

    private PrometheusContainer(SideContainer container) {
        this.container = container;
    }

    /** Starts it in a container that has a network, and nothing else; closed by the caller if that fails. */
    static PrometheusContainer start(String image, SideContainer container, Path home, Path log)
            throws IOException, InterruptedException {
        container.start(new SideContainer.Program(
                image,
                PrometheusChoice.IMAGE_SETTING,
                PrometheusServer.arguments(INSIDE, EVERYWHERE + ":" + PORT),
                home,
                INSIDE,
                PORT,
                log));
        return new PrometheusContainer(container);
    }

    @Override
    public URI address() {
        return container.address();
    }

    @Override
    public Optional<String> ended() {
        return container.ended().map(reason -> "its container ended: " + reason);
    }

    @Override
    public void close() {
        container.close();
    }
}
