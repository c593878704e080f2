package org.junitnomos.deploy.container;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports.Binding;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.SideContainer;
import org.junitnomos.deploy.container.ContainerLife.Living;
import org.junitnomos.deploy.session.Entry;
import org.junitnomos.deploy.session.ResourceKind;
import org.junitnomos.deploy.session.Scope;
import org.slf4j.LoggerFactory;

/** A container beside a cluster, with no more rights than its program needs. */
final class EngineSideContainer implements SideContainer {
    private static final String HERE = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long LEAST_MEMORY = 512L * 1024 * 1024; // that of nodes may be too little for other programs

    private final ConnectedEngine engine;
    private final Scope scope;
    private final ContainerSettings settings;
    private final NodeNetwork network;
    private final String testHost;
    private final String name;
    private @Nullable Entry entry;
    private @Nullable String id;
    private @Nullable URI address;
    private volatile @Nullable ContainerLife life;
    private boolean closed;

    /**
     * Is on a network, but nothing yet.
     *
     * @param testHost address of this machine on that network
     */
    EngineSideContainer(
            ConnectedEngine engine,
            Scope scope,
            ContainerSettings settings,
            NodeNetwork network,
            String testHost,
            String name) {
        this.engine = engine;
        this.scope = scope;
        this.settings = settings;
        this.network = network;
        this.testHost = testHost;
        this.name = name;
    }

    @Override
    public String testHost() {
        return testHost;
    }

    @Override
    public void start(Program program) throws IOException, InterruptedException {
        new NodeImage(engine, settings).provide(program.image(), program.setting());
        try {
            var registered = scope.registerAt(engine.address(), ResourceKind.CONTAINER, name);
            entry = registered;
            var started = command(program, registered).exec().getId();
            id = started;
            registered.created();
            var begun = ContainerLife.begin(engine, new Living(name, started, program.log(), memory(), "", null));
            life = begun;
            address = published(started, ExposedPort.tcp(program.port()), begun);
        } catch (RuntimeException e) {
            throw new IOException(
                    "no container of image '" + program.image() + "' can be started: " + engine.told(e), e);
        }
    }

    private CreateContainerCmd command(Program program, Entry registered) throws IOException {
        return engine.client()
                .createContainerCmd(program.image())
                .withName("nomos-" + name.toLowerCase(Locale.ROOT) + "-" + registered.marker())
                .withLabels(registered.labels())
                .withUser(owner(program.directory()))
                .withWorkingDir(program.inside())
                .withCmd(program.arguments())
                .withExposedPorts(ExposedPort.tcp(program.port()))
                .withHostConfig(hostConfig(program));
    }

    /** Whatever it writes belongs to who owns the directory, and can be read and deleted. */
    private static String owner(Path directory) throws IOException {
        return Files.getAttribute(directory, "unix:uid") + ":" + Files.getAttribute(directory, "unix:gid");
    }

    private HostConfig hostConfig(Program program) {
        return Confinement.of(memory())
                .withNetworkMode(network.id())
                .withPortBindings(new PortBinding(Binding.bindIp(HERE), ExposedPort.tcp(program.port())))
                .withMounts(List.of(new Mount()
                        .withType(MountType.BIND)
                        .withSource(program.directory().toString())
                        .withTarget(program.inside())));
    }

    private long memory() {
        return Math.max(LEAST_MEMORY, settings.memory());
    }

    private URI published(String container, ExposedPort port, ContainerLife begun)
            throws IOException, InterruptedException {
        var bindings = engine.client()
                .inspectContainerCmd(container)
                .exec()
                .getNetworkSettings()
                .getPorts()
                .getBindings()
                .get(port);
        if (bindings == null || bindings.length == 0) {
            // An engine takes back the ports of a container that ended before it tells its end.
            throw new IOException(
                    begun.awaitEnd(PATIENCE) ? begun.reasonOfEnd() : "the engine publishes no port of it");
        }
        return URI.create("http://" + HERE + ":" + bindings[0].getHostPortSpec());
    }

    @Override
    public URI address() {
        var known = address;
        if (known == null) {
            throw new IllegalStateException("start() was not called, or failed");
        }
        return known;
    }

    @Override
    public Optional<String> ended() {
        var known = life;
        return known == null || known.isAlive() ? Optional.empty() : Optional.of(known.reasonOfEnd());
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        boolean interrupted = Thread.interrupted();
        var known = life;
        if (known != null) {
            try {
                known.askToEnd();
                known.awaitEnd(PATIENCE);
            } catch (IOException e) {
                LoggerFactory.getLogger(EngineSideContainer.class).debug("{} does not end by itself", name, e);
            } catch (InterruptedException e) {
                interrupted = true; // it is removed with force
            }
        }
        remove();
        network.remove();
        engine.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void remove() {
        var existing = id;
        var registered = entry;
        if (existing != null
                && registered != null
                && EngineWording.isGone(() -> engine.client()
                        .removeContainerCmd(existing)
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec())) {
            registered.released();
        }
    }
}
