package org.junitnomos.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.APIResourceListBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.client.NodeClient;

/** Links cut by experiments of Chaos Mesh, on an API server of tests: that of this project takes no such objects. */
class ChaosMeshTests {
    private static final CustomResourceDefinitionContext EXPERIMENTS = new CustomResourceDefinitionContext.Builder()
            .withGroup("chaos-mesh.org")
            .withVersion("v1alpha1")
            .withKind("NetworkChaos")
            .withPlural("networkchaos")
            .withScope("Namespaced")
            .build();
    private static final ObjectPlacement PLACE =
            new ObjectPlacement("nomos-abc-1", "", "nomos-abc-1", "42.7.abc", Instant.EPOCH);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(500);

    private final Map<ServerRequest, Queue<ServerResponse>> answers = new HashMap<>();
    private final KubernetesMockServer server = new KubernetesMockServer(
            new Context(), new MockWebServer(), answers, new KubernetesMixedDispatcher(answers), false);
    private final Enforcement enforcement = new Enforcement();
    private final Map<String, Set<String>> cut = new LinkedHashMap<>();
    private final Map<String, NodeClient> awake = new LinkedHashMap<>();
    private final List<PeersStub> nodes = new ArrayList<>();
    private KubernetesClient client;

    @TempDir
    Path directory;

    @BeforeEach
    void start() throws Exception {
        server.start();
        server.expectCustomResource(EXPERIMENTS);
        var kubeconfig = TestCluster.write(directory, "somebody", server.url("/"), null, "token");
        client = ClusterAccess.client(ClusterConfig.read(kubeconfig, null));
        cut.put("validator-0", Set.of("validator-1"));
        cut.put("validator-1", Set.of("validator-0"));
        nodes.add(new PeersStub("validator-0", "validator-1"));
        nodes.add(new PeersStub("validator-1", "validator-0"));
        awake.put("validator-0", nodes.get(0).client());
        awake.put("validator-1", nodes.get(1).client());
    }

    @AfterEach
    void stop() {
        nodes.forEach(PeersStub::close);
        client.close();
        server.destroy();
    }

    private void serve(boolean allowed) {
        server.expect()
                .get()
                .withPath("/apis/chaos-mesh.org/v1alpha1")
                .andReturn(
                        200,
                        new APIResourceListBuilder()
                                .withGroupVersion("chaos-mesh.org/v1alpha1")
                                .addNewResource()
                                .withKind("NetworkChaos")
                                .withName("networkchaos")
                                .withNamespaced(true)
                                .endResource()
                                .build())
                .always();
        server.expect()
                .post()
                .withPath("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews")
                .andReturn(
                        201,
                        new SelfSubjectAccessReviewBuilder()
                                .withNewStatus()
                                .withAllowed(allowed)
                                .endStatus()
                                .build())
                .always();
    }

    private NetworkCutter cutter(Duration limit) {
        return new NetworkCutter(
                client,
                PLACE,
                new OwnNamespace(client, PLACE, () -> {}),
                List.of(new ChaosExperiments(FeatureUse.AUTO, limit)),
                enforcement);
    }

    private List<GenericKubernetesResource> experiments() {
        return client.genericKubernetesResources(EXPERIMENTS)
                .inNamespace(PLACE.namespace())
                .list()
                .getItems();
    }

    private void refuse(boolean now) {
        nodes.forEach(node -> node.refuse(now));
    }

    /** Do what Chaos Mesh does, or less. */
    private AutoCloseable controller(Consumer<GenericKubernetesResource> onAdd, Runnable onDelete) {
        return client.genericKubernetesResources(EXPERIMENTS)
                .inNamespace(PLACE.namespace())
                .inform(new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(GenericKubernetesResource added) {
                        onAdd.accept(added);
                    }

                    @Override
                    public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource after) {
                        // nothing of ours is changed
                    }

                    @Override
                    public void onDelete(GenericKubernetesResource deleted, boolean unknown) {
                        onDelete.run();
                    }
                });
    }

    private void inject(GenericKubernetesResource experiment) {
        refuse(true);
        client.resource(experiment).editStatus(each -> {
            each.setAdditionalProperty(
                    "status", Map.of("conditions", List.of(Map.of("type", "AllInjected", "status", "True"))));
            return each;
        });
    }

    @Test
    void theyArePutInForceAndTakenBack() throws Exception {
        serve(true);
        var cutter = cutter(LONG);
        try (var controller = controller(this::inject, () -> refuse(false))) {
            assertThat(cutter.separate(cut, awake))
                    .hasValue("experiments of Chaos Mesh refuse all 2 connections over them");
            assertThat(experiments()).hasSize(2).allMatch(ChaosExperiments::isInjected);

            assertThat(cutter.separate(Map.of(), awake)).hasValue("experiments of Chaos Mesh are deleted");
            assertThat(experiments()).isEmpty();
            assertThat(controller).isNotNull();
        }
    }

    @Test
    void nothingIsBelievedThatNobodyPutsInForce() throws Exception {
        serve(true);
        var cutter = cutter(SHORT);
        refuse(false);

        assertThat(cutter.separate(cut, awake))
                .hasValue("experiments of Chaos Mesh are not used, because Chaos Mesh did not say AllInjected of"
                        + " 'cut-1-1' within 500 ms");

        assertThat(experiments()).isEmpty();
        assertThat(cutter.separate(cut, awake)).isEmpty();
        assertThat(experiments()).isEmpty();
    }

    @Test
    void anExperimentThatIsNotTakenBackIsNamed() throws Exception {
        serve(true);
        var experiment = ChaosManifests.of(PLACE, "cut-1", cut).get(0);
        experiment.getMetadata().setFinalizers(List.of("chaos-mesh/records"));
        client.resource(experiment).create();
        client.resource(experiment).delete();

        assertThat(new ChaosExperiments(FeatureUse.AUTO, SHORT).awaitGone(client, experiment))
                .hasValue("experiment 'cut-1-1' of Chaos Mesh is still there 500 ms after it was deleted, because of"
                        + " finalizers [chaos-mesh/records]");
    }

    @Test
    void theyAreNotTriedWhereTheUserMayNot() throws Exception {
        serve(false);

        assertThat(new ChaosExperiments(FeatureUse.AUTO, SHORT).obstacle(client, PLACE))
                .hasValue("the user may not create, get, delete networkchaos");
        assertThat(cutter(SHORT).separate(cut, awake)).isEmpty();
    }

    @Test
    void theyAreNotTriedWhereTheClusterDoesNotKnowThem() throws Exception {
        server.expect()
                .get()
                .withPath("/apis/chaos-mesh.org/v1alpha1")
                .andReturn(404, "")
                .always();

        assertThat(new ChaosExperiments(FeatureUse.AUTO, SHORT).obstacle(client, PLACE))
                .hasValue("the cluster has no NetworkChaos of chaos-mesh.org/v1alpha1");
        assertThat(cutter(SHORT).separate(cut, awake)).isEmpty();
    }
}
