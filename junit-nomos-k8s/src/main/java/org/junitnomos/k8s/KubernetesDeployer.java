package org.junitnomos.k8s;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.DeployRequest;
import org.junitnomos.deploy.Deployer;
import org.junitnomos.deploy.Deployment;
import org.junitnomos.deploy.NodeKind;
import org.junitnomos.deploy.Requirement;
import org.junitnomos.deploy.external.ExternalDeployment;
import org.junitnomos.deploy.external.NodeHost;
import org.junitnomos.deploy.session.ResourceKind;
import org.junitnomos.deploy.session.Session;
import org.junitnomos.settings.SettingsReader;
import org.junitnomos.topology.TopologySpec;

/**
 * Provisions clusters whose nodes are pods of a Kubernetes cluster, in real time. Thread-safe.
 *
 * <p>Each deployment has a namespace of its own, or its objects in the namespace that {@code K8S_RUNNER_NAMESPACE}
 * names. The directory of the run gets {@code nodes/<name>.log} with everything a node writes, and
 * {@code nodes/kubernetes-events.log} with what the cluster tells of its objects.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class KubernetesDeployer implements Deployer {
    static final String BACKEND = "kubernetes";

    private final Supplier<KubernetesSettings> settings;
    private final Supplier<NodeProgram> program;
    private final Session session;
    private final Enforcement enforcement;

    /** Creates the deployer; called by {@link java.util.ServiceLoader}. Reads its settings at each use. */
    public KubernetesDeployer() {
        this(
                SettingSource::ofThisJvm,
                () -> NodeProgram.ofThisJvm(SettingSource.lenient()),
                Session.ofThisJvm(),
                Enforcement.ofThisJvm());
    }

    KubernetesDeployer(Supplier<KubernetesSettings> settings, Session session) {
        this(settings, session, Enforcement.ofThisJvm());
    }

    KubernetesDeployer(Supplier<KubernetesSettings> settings, Session session, Enforcement enforcement) {
        this(settings, () -> NodeProgram.OF_IMAGE, session, enforcement);
    }

    KubernetesDeployer(
            Supplier<KubernetesSettings> settings,
            Supplier<NodeProgram> program,
            Session session,
            Enforcement enforcement) {
        this.program = Objects.requireNonNull(program, "program");
        this.settings = Objects.requireNonNull(settings, "settings");
        this.session = Objects.requireNonNull(session, "session");
        this.enforcement = Objects.requireNonNull(enforcement, "enforcement");
    }

    @Override
    public String backend() {
        return BACKEND;
    }

    @Override
    public String systemUnderTest() {
        return program.get().systemUnderTest(settings.get());
    }

    @Override
    public Set<Capability> capabilities() {
        return program.get().of(ClusterAccess.capabilities(settings.get().storage()));
    }

    @Override
    public List<String> settings() {
        return SettingSource.names();
    }

    @Override
    public List<String> objections(TopologySpec topology) {
        var objections = new ArrayList<>(NodeKind.programsInVain(
                SettingsReader.ofThisJvm(name -> Optional.empty()), "backend '" + BACKEND + "' runs what images have"));
        objections.addAll(program.get().objections(topology, settings.get()));
        return objections;
    }

    @Override
    public Optional<String> whyNot(Capability capability) {
        return program.get().whyNot(capability);
    }

    @Override
    public Requirement requirement() {
        return needed(program.get().requirement());
    }

    @Override
    public Requirement requirement(TopologySpec topology) {
        return needed(program.get().requirement(topology));
    }

    private Requirement needed(Requirement ofProgram) {
        return ofProgram.isMet() ? ClusterRequirement.check(settings.get()) : ofProgram;
    }

    @Override
    public Deployment deploy(DeployRequest request) throws InterruptedException {
        var chosen = settings.get();
        var nodes = program.get();
        return ExternalDeployment.deploy(request, BACKEND, () -> {
            requireAll(nodes, request.topology());
            nodes.prepare();
            return chosen.dryRun() ? new DryRunHost(request, chosen, nodes) : host(request, chosen, nodes);
        });
    }

    /** Nothing was checked if the run was not started by JUnit. */
    private static void requireAll(NodeProgram nodes, TopologySpec topology) throws IOException {
        String missing = nodes.requirement(topology).missing();
        if (missing != null) {
            throw new IOException(missing);
        }
    }

    private NodeHost host(DeployRequest request, KubernetesSettings chosen, NodeProgram nodes)
            throws InterruptedException {
        String image = PodImage.reference(chosen);
        var access = ClusterAccess.open(chosen);
        var directory = request.directory().toAbsolutePath().normalize();
        var scope = session.scope(directory.toString());
        var address = ClusterAddress.of(chosen, access.config());
        var entry = scope.register(ResourceKind.CLUSTER, address.entryName());
        if (chosen.preserve()) {
            entry.forget();
        }
        Instant now = request.clock().instant();
        ExpiredDeployments.remove(access.client(), chosen.namespace(), now);
        var place = ObjectPlacement.of(address.namespace(), entry.marker(), now.plus(chosen.lifetime()));
        var runs = new NodeProgram.InImage(image, nodes);
        return new KubernetesHost(access, runs, place, request, scope, entry, enforcement);
    }
}
