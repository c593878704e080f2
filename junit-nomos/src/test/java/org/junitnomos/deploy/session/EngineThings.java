package org.junitnomos.deploy.session;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import java.util.List;
import java.util.Map;
import org.junitnomos.testkit.TinyImage;

/** Makes and lists what a real engine has, with labels of the caller's. */
record EngineThings(DockerClient client) {

    String network(Map<String, String> labels, String name) {
        return client.createNetworkCmd()
                .withName(name)
                .withDriver("bridge")
                .withLabels(labels)
                .exec()
                .getId();
    }

    String volume(Map<String, String> labels, String name) {
        return client.createVolumeCmd().withName(name).withLabels(labels).exec().getName();
    }

    /** Create a container with a named and an anonymous volume, without starting it. */
    String container(Map<String, String> labels, String network, String volume) {
        return client.createContainerCmd(TinyImage.NAME)
                .withCmd(TinyImage.COMMAND)
                .withLabels(labels)
                .withVolumes(new Volume("/anonymous"))
                .withHostConfig(HostConfig.newHostConfig()
                        .withNetworkMode(network)
                        .withBinds(new Bind(volume, new Volume("/named"))))
                .exec()
                .getId();
    }

    String runningContainer(Map<String, String> labels, String network, String volume) {
        String id = container(labels, network, volume);
        client.startContainerCmd(id).exec();
        return id;
    }

    /** Ids of the containers, also of stopped ones. */
    List<String> containers(String label, String value) {
        return client.listContainersCmd().withShowAll(true).withLabelFilter(Map.of(label, value)).exec().stream()
                .map(container -> container.getId())
                .toList();
    }

    List<String> networks(String label, String value) {
        return client.listNetworksCmd().withFilter("label", List.of(label + "=" + value)).exec().stream()
                .map(network -> network.getId())
                .toList();
    }

    List<String> volumes(String label, String value) {
        return client.listVolumesCmd().withFilter("label", List.of(label + "=" + value)).exec().getVolumes().stream()
                .map(volume -> volume.getName())
                .toList();
    }

    void removeAll(String label, String value) {
        containers(label, value)
                .forEach(id -> client.removeContainerCmd(id)
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec());
        networks(label, value).forEach(id -> client.removeNetworkCmd(id).exec());
        volumes(label, value).forEach(name -> client.removeVolumeCmd(name).exec());
    }
}
