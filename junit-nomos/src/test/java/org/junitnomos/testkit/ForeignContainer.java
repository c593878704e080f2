package org.junitnomos.testkit;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.HostConfig;
import java.io.IOException;
import org.junitnomos.deploy.container.Engine;
import org.junitnomos.deploy.container.Engines;

/** A container, its network and its volume that belong to nobody here, and must be left alone. */
public final class ForeignContainer implements AutoCloseable {
    private final DockerClient client;
    private final String network;
    private final String volume;
    private final String id;

    /** Start it. */
    public ForeignContainer() throws IOException, InterruptedException {
        client = Engines.connect(Engine.find());
        TinyImage.provide(client);
        String name = "foreign-" + Long.toHexString(System.nanoTime());
        network = client.createNetworkCmd().withName(name).exec().getId();
        volume = client.createVolumeCmd().withName(name).exec().getName();
        id = client.createContainerCmd(TinyImage.NAME)
                .withCmd("/bin/sleep", "36000")
                .withHostConfig(HostConfig.newHostConfig().withNetworkMode(name))
                .exec()
                .getId();
        client.startContainerCmd(id).exec();
    }

    /** Whether it still runs, with its network and its volume. */
    public boolean isUntouched() {
        return Boolean.TRUE.equals(
                        client.inspectContainerCmd(id).exec().getState().getRunning())
                && client.listNetworksCmd().exec().stream().anyMatch(each -> network.equals(each.getId()))
                && client.listVolumesCmd().exec().getVolumes().stream().anyMatch(each -> volume.equals(each.getName()));
    }

    @Override
    public void close() throws IOException {
        try (client) {
            client.removeContainerCmd(id).withForce(true).exec();
            client.removeNetworkCmd(network).exec();
            client.removeVolumeCmd(volume).exec();
        }
    }
}
