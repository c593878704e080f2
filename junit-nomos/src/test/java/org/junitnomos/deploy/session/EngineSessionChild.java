package org.junitnomos.deploy.session;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.junitnomos.deploy.container.Engine;
import org.junitnomos.deploy.container.Engines;
import org.junitnomos.deploy.engine.EngineAddress;

/**
 * The test JVM that is killed: it registers and makes containers that run, are paused and were never started, a network
 * and a volume, tells of them and waits. It ends by itself when its parent does.
 */
final class EngineSessionChild {
    private final EngineAddress address;
    private final EngineThings things;
    private final Scope scope;

    private EngineSessionChild(EngineAddress address, EngineThings things, Scope scope) {
        this.address = address;
        this.things = things;
        this.scope = scope;
    }

    public static void main(String[] arguments) throws IOException {
        var engine = Engine.find();
        var session = Session.at(Path.of(arguments[0]));
        var things = new EngineThings(Engines.connect(engine));
        var child = new EngineSessionChild(Objects.requireNonNull(engine.address()), things, session.scope("run"));
        child.create();
        System.out.println("session " + session.id());
        System.out.println("ready");
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
        Runtime.getRuntime().halt(1);
    }

    private Entry entry(ResourceKind kind, String name) {
        return scope.registerAt(address, kind, name);
    }

    private void create() {
        var network = entry(ResourceKind.NETWORK, "data");
        things.network(network.labels(), network.marker());
        network.created();
        var volume = entry(ResourceKind.VOLUME, "state");
        things.volume(volume.labels(), volume.marker());
        volume.created();
        var running = entry(ResourceKind.CONTAINER, "validator-0");
        things.runningContainer(running.labels(), network.marker(), volume.marker());
        running.created();
        var paused = entry(ResourceKind.CONTAINER, "validator-1");
        things.client()
                .pauseContainerCmd(things.runningContainer(paused.labels(), network.marker(), volume.marker()))
                .exec();
        paused.created();
        // the JVM dies before it can write down that this one exists
        things.container(entry(ResourceKind.CONTAINER, "validator-2").labels(), network.marker(), volume.marker());
    }
}
