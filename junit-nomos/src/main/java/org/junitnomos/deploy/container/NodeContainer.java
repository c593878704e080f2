package org.junitnomos.deploy.container;

import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports.Binding;
import com.github.dockerjava.api.model.Volume;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.NodeCommand;
import org.junitnomos.deploy.NodeLaunch;
import org.junitnomos.deploy.NodeSetup;
import org.junitnomos.deploy.container.ContainerLife.Living;
import org.junitnomos.deploy.session.Entry;
import org.junitnomos.deploy.session.ResourceKind;
import org.junitnomos.deploy.session.Scope;

/**
 * The container of one node, and the volume with its store: the same over all lives of the node. Used by one thread at
 * a time.
 */
final class NodeContainer {
    /** Directory of the node inside: the configuration and the store, on the volume. */
    static final String DIRECTORY = "/var/lib/nomos";

    static final int API = 8_080;
    static final int TESTING = 8_081;
    static final int PEERS = 3_000;

    /** Of the services that real nodes provide over UDP. */
    static final int AVAILABILITY = 3_300;

    static final int BLEND = 4_401;

    /**
     * Where it is.
     *
     * @param control id of the network through which its ports are published
     * @param data id of the network of the nodes
     * @param address its own there
     */
    record Place(String control, String data, String address) {}

    private final String node;
    private final ConnectedEngine engine;
    private final Scope scope;
    private final ContainerSettings settings;
    private final Place place;
    private @Nullable Entry volume;
    private @Nullable Entry container;
    private @Nullable String id;
    private String image = "";

    NodeContainer(String node, ConnectedEngine engine, Scope scope, ContainerSettings settings, Place place) {
        this.node = node;
        this.engine = engine;
        this.scope = scope;
        this.settings = settings;
        this.place = place;
    }

    /** Its address on the network of the nodes. */
    String address() {
        return place.address();
    }

    /**
     * Begins a life: the container exists, its output is followed, it runs.
     *
     * @param setup the node as it sees itself, inside
     * @param log its log, on this machine
     */
    ContainerLife start(NodeSetup setup, Path log, NodeLaunch launch, String image, NodeCommand command)
            throws IOException, InterruptedException {
        try {
            exchange(image);
            String started = id == null ? create(launch, image) : id;
            engine.client()
                    .copyArchiveToContainerCmd(started)
                    .withRemotePath(DIRECTORY)
                    .withTarInputStream(
                            FileArchive.file(setup.config().getFileName().toString(), launch.configuration()))
                    .exec();
            return ContainerLife.begin(
                    engine, new Living(node, started, log, settings.memory(), place.address() + ":" + PEERS, command));
        } catch (RuntimeException e) {
            throw cannot("started from image '" + image + "'", e);
        }
    }

    /** Removes a container of another image; the volume stays. */
    private void exchange(String next) {
        String existing = id;
        var entry = container;
        if (existing != null && entry != null && !image.equals(next)) {
            removeContainer(existing);
            entry.released();
            container = null;
            id = null;
        }
        image = next;
    }

    private Entry store() {
        Entry existing = volume;
        if (existing != null) {
            return existing;
        }
        var state = scope.registerAt(engine.address(), ResourceKind.VOLUME, node);
        volume = state;
        engine.client()
                .createVolumeCmd()
                .withName(volumeName(state))
                .withLabels(state.labels())
                .exec();
        state.created();
        return state;
    }

    private String create(NodeLaunch launch, String image) {
        var state = store();
        var entry = scope.registerAt(engine.address(), ResourceKind.CONTAINER, node);
        container = entry;
        var environment = new ArrayList<String>();
        launch.environment().forEach((name, value) -> environment.add(name + "=" + value));
        String created = engine.client()
                .createContainerCmd(image)
                .withName("nomos-" + node + "-" + entry.marker())
                .withHostName(node)
                .withAliases(node)
                .withLabels(entry.labels())
                .withWorkingDir(DIRECTORY)
                .withEntrypoint(launch.command())
                .withCmd(List.of())
                .withEnv(environment)
                .withExposedPorts(ExposedPort.tcp(API), ExposedPort.tcp(TESTING))
                .withHostConfig(hostConfig(state))
                .exec()
                .getId();
        id = created;
        entry.created();
        connect(created);
        return created;
    }

    private void connect(String container) {
        engine.client()
                .connectToNetworkCmd()
                .withNetworkId(place.data())
                .withContainerId(container)
                .withContainerNetwork(new ContainerNetwork()
                        .withIpamConfig(new ContainerNetwork.Ipam().withIpv4Address(place.address()))
                        .withAliases(node))
                .exec();
    }

    /** Takes it off the network of the nodes. */
    void detach() {
        String existing = id;
        if (existing != null) {
            try {
                engine.client()
                        .disconnectFromNetworkCmd()
                        .withNetworkId(place.data())
                        .withContainerId(existing)
                        .withForce(true)
                        .exec();
            } catch (RuntimeException e) {
                throw cannot("taken off the network of the nodes", e);
            }
        }
    }

    /** Puts it back on the network of the nodes, at the address it had. */
    void attach() {
        String existing = id;
        if (existing != null) {
            try {
                connect(existing);
            } catch (RuntimeException e) {
                throw cannot("put back on the network of the nodes", e);
            }
        }
    }

    private RuntimeException cannot(String done, RuntimeException failure) {
        return engine.isTrouble(failure)
                ? new DeploymentException(
                        "Node '" + node + "' cannot be " + done + ": " + engine.told(failure) + "."
                                + EngineWording.advice(failure),
                        failure)
                : failure;
    }

    /** Nothing more than a node needs: its volume to write to. */
    private HostConfig hostConfig(Entry state) {
        var config = Confinement.of(settings.memory())
                .withNetworkMode(place.control())
                .withPortBindings(publish(API), publish(TESTING))
                .withBinds(new Bind(volumeName(state), new Volume(DIRECTORY)));
        return settings.nanoCpus() == null ? config : config.withNanoCPUs(settings.nanoCpus());
    }

    /** To this machine only, if the engine runs here. */
    private PortBinding publish(int port) {
        return new PortBinding(engine.isLocal() ? Binding.bindIp("127.0.0.1") : Binding.empty(), ExposedPort.tcp(port));
    }

    private static String volumeName(Entry volume) {
        return "nomos-" + volume.marker();
    }

    /** Removes container and volume; what cannot be removed is found when the scope is settled. */
    boolean remove() {
        var removed = id;
        var entry = container;
        if (removed == null) {
            container = null; // the engine may have made it without our hearing of it: settling the scope finds out
        } else if (entry != null && EngineWording.isGone(() -> removeContainer(removed))) {
            entry.released();
            container = null;
            id = null;
        }
        var state = volume;
        if (state != null
                && container == null
                && EngineWording.isGone(
                        () -> engine.client().removeVolumeCmd(volumeName(state)).exec())) {
            state.released();
            volume = null;
        }
        return container == null && volume == null;
    }

    private void removeContainer(String removed) {
        engine.client()
                .removeContainerCmd(removed)
                .withForce(true)
                .withRemoveVolumes(true) // those without a name
                .exec();
    }
}
