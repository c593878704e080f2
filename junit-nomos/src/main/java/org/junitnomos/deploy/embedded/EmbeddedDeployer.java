package org.junitnomos.deploy.embedded;

import java.io.IOException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.DeployRequest;
import org.junitnomos.deploy.DeployRequestValues;
import org.junitnomos.deploy.Deployer;
import org.junitnomos.deploy.Deployment;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.NodeKind;
import org.junitnomos.devnode.NodeCoreFactory;
import org.junitnomos.devnode.defect.Planting;
import org.junitnomos.settings.SettingsReader;
import org.junitnomos.time.Timeline;
import org.junitnomos.topology.TopologySpec;

/**
 * Provisions clusters of dev nodes inside this JVM, without processes, sockets or threads of their own.
 *
 * <p>Nodes, network and waits run on the timeline of the request. In virtual time a deployment is a pure function of
 * topology and seed. Logs are written to {@code nodes/<name>.log} in the directory of the run. Thread-safe.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class EmbeddedDeployer implements Deployer {
    /** All but what needs programs and configurations of their own. */
    static final Set<Capability> CAPABILITIES =
            Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(Capability.OVERLAY, Capability.UPGRADE)));

    private final @Nullable NodeCoreFactory factory;

    /** Creates the deployer of dev nodes; called by {@link java.util.ServiceLoader}. */
    public EmbeddedDeployer() {
        this.factory = null;
    }

    /**
     * Creates a deployer of other cores: those of tests, with planted bugs or scripted answers.
     *
     * @param factory creates a core at each start of a node
     */
    @API(status = API.Status.INTERNAL, since = "0.1")
    public EmbeddedDeployer(NodeCoreFactory factory) {
        this.factory = Objects.requireNonNull(factory, "factory");
    }

    @Override
    public String backend() {
        return "embedded";
    }

    @Override
    public String systemUnderTest() {
        return EmbeddedDeployment.described();
    }

    @Override
    public List<String> objections(TopologySpec topology) {
        return NodeKind.objections(SettingsReader.ofThisJvm(name -> Optional.empty()), backend());
    }

    @Override
    public Set<Capability> capabilities() {
        return CAPABILITIES;
    }

    @Override
    public Deployment deploy(DeployRequest request) throws InterruptedException {
        Timeline.of(request.clock()).checkManaged("deploying on backend 'embedded'");
        if (request.clock().isVirtual() && request.topology().urls()) {
            throw new DeploymentException(
                    "Nodes with URLs run in real time only, but the timeline is virtual. Use real time.", null);
        }
        EmbeddedDeployment deployment;
        try {
            deployment = new EmbeddedDeployment(
                    request, factory == null ? new Planting(DeployRequestValues.planted(request)) : factory);
        } catch (IOException e) {
            throw new DeploymentException("The logs of the nodes cannot be written: " + e, e);
        }
        try {
            deployment.start();
            return deployment;
        } catch (InterruptedException | RuntimeException | Error e) {
            try {
                deployment.close();
            } catch (RuntimeException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }
}
