package org.junitnomos.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.Deployment;
import org.junitnomos.deploy.container.offline.DevNodeImage;
import org.junitnomos.deploy.container.offline.ImageException;
import org.junitnomos.deploy.session.Session;
import org.junitnomos.testkit.ClusterRun;
import org.junitnomos.testkit.Unmet;

/**
 * The cluster that tests use: its administrator makes users with no more than the documented roles, and tests act as
 * them. A class that uses it {@link NeedsCluster}.
 */
final class TestCluster {
    /** Never the usual kubeconfig: it may lead to a cluster that others need. */
    private static final String KUBECONFIG = "NOMOS_TESTS_KUBECONFIG";

    /** Namespace of the users, and of pods that act as one of them. */
    static final String HOME = "nomos-tests";

    static final String GIVEN = "nomos-tests-given";
    /** A cluster that has more to do needs longer than is usual. */
    static final Duration READINESS = Duration.ofSeconds(120);

    private static final Path LOADER = Path.of("../.ci/kubernetes-up");

    private final KubernetesClient admin;
    private final Path forAll;
    private final Path forGiven;

    private TestCluster(KubernetesClient admin) throws Exception {
        this.admin = admin;
        Path directory = Files.createDirectories(Path.of("target/kubernetes").toAbsolutePath());
        createNamespace(HOME);
        createNamespace(GIVEN);
        createUser("own-namespaces");
        createUser("given-namespace");
        createUser("nobody");
        createUser("every-role");
        createUser("ingress-user");
        bind("junit-nomos-tests", Permissions.CLUSTER_ROLE, "own-namespaces");
        bind("junit-nomos-tests-every-role", Permissions.CLUSTER_ROLE, "every-role");
        bind("junit-nomos-tests-network-policies", Permissions.NETWORK_POLICIES, "every-role");
        bind("junit-nomos-tests-chaos-mesh", Permissions.CHAOS_MESH, "every-role");
        bind("junit-nomos-tests-ingresses", Permissions.CLUSTER_ROLE, "ingress-user");
        bind("junit-nomos-tests-ingress", Permissions.INGRESS_ROLE, "ingress-user");
        bindRole();
        this.forAll = kubeconfig(directory, "own-namespaces");
        this.forGiven = kubeconfig(directory, "given-namespace");
        kubeconfig(directory, "nobody");
        kubeconfig(directory, "every-role");
        kubeconfig(directory, "ingress-user");
        var config = admin.getConfiguration();
        write(directory, "stranger", config.getMasterUrl(), config.getCaCertData(), "no-such-token");
        write(directory, "nowhere", "https://127.0.0.1:9/", config.getCaCertData(), "no-such-token");
        load(DevNodeImage.prepare(), directory.resolve("dev-node.tar"));
    }

    /**
     * What was found, once a JVM; one of the three is there.
     *
     * @param missing why there is no cluster
     * @param failure why the cluster cannot be used
     */
    private record Found(
            @Nullable TestCluster cluster,
            @Nullable String missing,
            @Nullable Exception failure) {}

    private static @Nullable Found found;

    /** Say why there is no cluster for tests; null if there is one. */
    static @Nullable String missing() {
        return found().missing();
    }

    /** Return the cluster of a class that {@link NeedsCluster}. */
    static TestCluster get() {
        var found = found();
        if (found.missing() != null) {
            throw Unmet.unmet(found.missing());
        }
        if (found.cluster() == null) {
            throw new IllegalStateException(
                    "the cluster for tests cannot be used: " + found.failure(), found.failure());
        }
        return found.cluster();
    }

    /** No initializer of a class does it: after a failure of that, the class is of no use, and nobody says why. */
    private static synchronized Found found() {
        if (found == null) {
            try {
                found = look();
            } catch (Exception e) {
                found = new Found(null, null, e);
            }
        }
        return found;
    }

    private static Found look() throws Exception {
        String kubeconfig = System.getenv(KUBECONFIG);
        if (kubeconfig == null || !Files.isReadable(Path.of(kubeconfig))) {
            String fault = kubeconfig == null ? "is not set" : "names " + kubeconfig + ", which cannot be read";
            return missing(
                    "start one with .ci/kubernetes-up and name its kubeconfig in " + KUBECONFIG + ", which " + fault);
        }
        var client = ClusterAccess.client(ClusterConfig.read(Path.of(kubeconfig), null));
        try {
            client.getKubernetesVersion();
        } catch (KubernetesClientException e) {
            if (ApiFailures.isUnreachable(e)) {
                return missing(ApiFailures.text(e) + " (" + KUBECONFIG + "=" + kubeconfig + ")");
            }
            throw e;
        }
        return new Found(new TestCluster(client), null, null);
    }

    private static Found missing(String what) {
        return new Found(null, "needs a Kubernetes cluster that tests may change: " + what, null);
    }

    /** Deploy validators. */
    static Deployment deploy(ClusterRun run, KubernetesSettings settings, int validators, Session session)
            throws InterruptedException {
        return run.deploy(new KubernetesDeployer(() -> settings, session), validators, READINESS);
    }

    static Deployment deploy(ClusterRun run, KubernetesSettings settings, int validators) throws InterruptedException {
        return deploy(run, settings, validators, Session.ofThisJvm());
    }

    KubernetesClient admin() {
        return admin;
    }

    /** Name the image that nodes run. */
    static String nodeImage() {
        try {
            return DevNodeImage.prepare().reference();
        } catch (ImageException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Name the objects that a session has here: all their markers begin so. */
    static String label(Session session) {
        return "nomos-" + session.id().substring(session.id().lastIndexOf('.') + 1);
    }

    /** Return the pod of a node that this JVM deployed, and of which it has no second one of that name. */
    PodResource pod(String node) {
        return pod(node, Session.ofThisJvm());
    }

    PodResource pod(String node, Session session) {
        var pods = admin
                .pods()
                .inAnyNamespace()
                .withLabel(Labels.SESSION, label(session))
                .withLabel(Labels.NODE, node)
                .list()
                .getItems()
                .stream()
                .filter(pod -> PodState.of(pod).phase() == PodState.Phase.READY)
                .toList();
        assertThat(pods).hasSize(1);
        var found = pods.get(0).getMetadata();
        return admin.pods().inNamespace(found.getNamespace()).withName(found.getName());
    }

    /** Return settings of a user with the documented ClusterRole. */
    KubernetesSettings settings(String... namesAndValues) {
        return settings(forAll, namesAndValues);
    }

    /** Return settings of a user with the documented Role in a given namespace. */
    KubernetesSettings inGivenNamespace(String... namesAndValues) {
        var all = new ArrayList<>(List.of(namesAndValues));
        all.add("namespace");
        all.add(GIVEN);
        return settings(forGiven, all.toArray(String[]::new));
    }

    /** Return settings of a user with the documented ClusterRole and the optional ones. */
    KubernetesSettings withEveryRole(String... namesAndValues) {
        return settings(forAll.resolveSibling("every-role.yaml"), namesAndValues);
    }

    /** Return settings of a user with the documented ClusterRole, and that for ingresses. */
    KubernetesSettings withIngresses(String... namesAndValues) {
        return settings(forAll.resolveSibling("ingress-user.yaml"), namesAndValues);
    }

    /** Return settings of a user who may do nothing. */
    KubernetesSettings ofNobody(String... namesAndValues) {
        return settings(forAll.resolveSibling("nobody.yaml"), namesAndValues);
    }

    static KubernetesSettings settings(Path kubeconfig, String... namesAndValues) {
        var properties = new LinkedHashMap<String, String>();
        properties.put("nomos.kubernetes.kubeconfig", kubeconfig.toString());
        for (int i = 0; i < namesAndValues.length; i += 2) {
            properties.put("nomos.kubernetes." + namesAndValues[i], namesAndValues[i + 1]);
        }
        return SettingSource.read(properties, Map.of());
    }

    private void createNamespace(String name) {
        if (admin.namespaces().withName(name).get() == null) {
            admin.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .endMetadata()
                            .build())
                    .create();
        }
    }

    private void createUser(String name) {
        if (admin.serviceAccounts().inNamespace(HOME).withName(name).get() == null) {
            admin.resource(new ServiceAccountBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .withNamespace(HOME)
                            .endMetadata()
                            .build())
                    .create();
        }
    }

    private void bind(String name, String roleFile, String user) {
        var role = Permissions.read(roleFile, ClusterRole.class);
        admin.resource(role).createOr(each -> each.update());
        admin.resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewRoleRef(
                                "rbac.authorization.k8s.io",
                                "ClusterRole",
                                role.getMetadata().getName())
                        .addNewSubject("", "ServiceAccount", user, HOME)
                        .build())
                .createOr(each -> each.update());
    }

    private void bindRole() {
        var role = Permissions.read(Permissions.ROLE, Role.class);
        admin.resource(role).inNamespace(GIVEN).createOr(each -> each.update());
        admin.resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName("junit-nomos-tests")
                        .withNamespace(GIVEN)
                        .endMetadata()
                        .withNewRoleRef(
                                "rbac.authorization.k8s.io",
                                "Role",
                                role.getMetadata().getName())
                        .addNewSubject("", "ServiceAccount", "given-namespace", HOME)
                        .build())
                .createOr(each -> each.update());
    }

    private Path kubeconfig(Path directory, String user) throws IOException {
        var token = admin.serviceAccounts()
                .inNamespace(HOME)
                .withName(user)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(TimeUnit.DAYS.toSeconds(1))
                        .endSpec()
                        .build());
        var config = admin.getConfiguration();
        return write(
                directory,
                user,
                config.getMasterUrl(),
                config.getCaCertData(),
                token.getStatus().getToken());
    }

    /** Write a kubeconfig with one user and one cluster. */
    static Path write(Path directory, String user, String server, String authority, String token) throws IOException {
        var config = new ConfigBuilder()
                .withApiVersion("v1")
                .withKind("Config")
                .addNewCluster()
                .withName("tests")
                .withNewCluster()
                .withServer(server)
                .withCertificateAuthorityData(authority)
                .endCluster()
                .endCluster()
                .addNewUser()
                .withName(user)
                .withNewUser()
                .withToken(token)
                .endUser()
                .endUser()
                .addNewContext()
                .withName("tests")
                .withNewContext()
                .withCluster("tests")
                .withUser(user)
                .endContext()
                .endContext()
                .withCurrentContext("tests")
                .build();
        return Files.writeString(directory.resolve(user + ".yaml"), new KubernetesSerialization().asYaml(config));
    }

    /** Return the kubeconfig of the administrator. */
    Path adminConfig() {
        var file = admin.getConfiguration().getFile();
        return Objects.requireNonNull(file, "kubeconfig").toPath();
    }

    /** Write a kubeconfig that leads to the cluster through a proxy. */
    Path through(Path directory, TcpProxy proxy) throws IOException {
        String token = ClusterConfig.read(forAll, null).getAutoOAuthToken();
        return write(
                directory,
                "own-namespaces",
                "https://127.0.0.1:" + proxy.port() + "/",
                admin.getConfiguration().getCaCertData(),
                token);
    }

    /** Return the kubeconfig of a user with the documented ClusterRole. */
    Path userConfig() {
        return forAll;
    }

    /** Return a kubeconfig of somebody whom the cluster does not know. */
    Path stranger() {
        return forAll.resolveSibling("stranger.yaml");
    }

    /** Return a kubeconfig of a cluster that does not exist. */
    Path nowhere() {
        return forAll.resolveSibling("nowhere.yaml");
    }

    /** Bring an image into the cluster of this machine; in others it has to be. */
    static void load(DevNodeImage image, Path archive) throws Exception {
        if (Files.isExecutable(LOADER)) {
            image.writeArchive(archive);
            load(archive);
        }
    }

    /** Bring the image of an archive into the cluster of this machine; in others it has to be. */
    static void load(Path archive) throws Exception {
        if (!Files.isExecutable(LOADER)) {
            return;
        }
        var output = archive.resolveSibling("load.log");
        var process = new ProcessBuilder(LOADER.toString(), "load", archive.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new UncheckedIOException(new IOException("the image is not loaded: " + Files.readString(output)));
        }
    }
}
