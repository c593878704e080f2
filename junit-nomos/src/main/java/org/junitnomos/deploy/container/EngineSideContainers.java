package org.junitnomos.deploy.container;

import java.io.IOException;
import org.apiguardian.api.API;
import org.junitnomos.deploy.Requirement;
import org.junitnomos.deploy.SideContainer;
import org.junitnomos.deploy.SideContainers;
import org.junitnomos.deploy.container.NodeNetwork.Purpose;
import org.junitnomos.deploy.session.Scope;

/** Makes containers beside a cluster on the engine that its nodes would run on. Thread-safe. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class EngineSideContainers implements SideContainers {

    @Override
    public Requirement requirement() {
        return Engine.needed();
    }

    @Override
    public SideContainer open(Scope scope, String name) throws IOException, InterruptedException {
        var settings = ContainerDeployer.load();
        var engine = ConnectedEngine.connect(Engine.find(), EngineWatch.LIMIT);
        NodeNetwork network = null;
        try {
            network = NodeNetwork.create(Purpose.SIDE, engine, scope, settings.subnets());
            var host = network.gatewayHere()
                    .orElseThrow(() -> new IOException("the engine at " + engine.address() + " does not run on this"
                            + " machine itself (but on another one, in a virtual machine, in a namespace of its own,"
                            + " or beside the container of the test JVM), so that its containers do not reach the test"
                            + " JVM"));
            return new EngineSideContainer(engine, scope, settings, network, host, name);
        } catch (IOException | RuntimeException e) {
            if (network != null) {
                network.remove();
            }
            engine.close();
            throw e;
        }
    }
}
