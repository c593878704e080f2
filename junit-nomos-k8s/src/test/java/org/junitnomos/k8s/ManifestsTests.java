package org.junitnomos.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.topology.NodeRole;
import org.junitnomos.topology.NodeSpec;

/** Compares manifests with files; {@code -Dnomos.golden.update=true} writes them. */
class ManifestsTests {
    private static final Path GOLDEN = Path.of("src/test/resources/org/junitnomos/k8s");
    private static final NodeSpec VALIDATOR = new NodeSpec("validator-0", NodeRole.VALIDATOR, 0);
    private static final NodeSpec EXECUTOR = new NodeSpec("executor-0", NodeRole.EXECUTOR, 1);
    private static final Instant EXPIRES = Instant.parse("2026-01-02T03:04:05Z");

    private static ObjectPlacement own() {
        return new ObjectPlacement("nomos-abc-1", "", "nomos-abc-1", "42.7.abc", EXPIRES);
    }

    private static ObjectPlacement shared() {
        return new ObjectPlacement("team-a", "nomos-abc-2-", "nomos-abc-2", "42.7.abc", EXPIRES);
    }

    private static List<HasMetadata> ofNode(ObjectPlacement place, NodeSpec node, KubernetesSettings settings) {
        var manifests = new ArrayList<HasMetadata>();
        manifests.add(NodeManifests.service(place, node, settings.access(), PodPort.OF_DEV_NODES));
        if (!settings.storage().isEphemeral()) {
            manifests.add(NodeManifests.claim(place, node, settings.storage()));
        }
        manifests.add(NodeManifests.configuration(place, node, "name: " + node.name() + "\n"));
        manifests.add(NodePod.of(
                place,
                node,
                1,
                "junit-nomos/dev-node:1",
                NodeProgram.Start.ofImage("INFO", ""),
                Duration.ofHours(6),
                settings));
        return manifests;
    }

    private static void assertIs(String file, List<? extends HasMetadata> manifests) throws IOException {
        String text = ManifestText.yaml(manifests);
        Path golden = GOLDEN.resolve(file);
        if (Boolean.getBoolean("nomos.golden.update")) {
            Files.writeString(golden, text, StandardCharsets.UTF_8);
        }
        assertThat(text).isEqualTo(Files.readString(golden, StandardCharsets.UTF_8));
    }

    @Test
    void aNodeInANamespaceOfItsOwn() throws IOException {
        var settings = SettingSource.read(Map.of(), Map.of());
        var manifests = new ArrayList<HasMetadata>();
        manifests.add(DeploymentManifests.namespace(own()));
        manifests.add(DeploymentManifests.quota(own(), 2, settings.pods()));
        manifests.addAll(ofNode(own(), VALIDATOR, settings));

        assertIs("own-namespace.yaml", manifests);
    }

    @Test
    void aNodeInAGivenNamespaceWithEverySetting() throws IOException {
        var settings = SettingSource.read(
                Map.of(
                        "nomos.kubernetes.access", "node-port",
                        "nomos.kubernetes.pull-policy", "always",
                        "nomos.kubernetes.pull-secrets", "registry",
                        "nomos.kubernetes.node-selector", "disk=ssd",
                        "nomos.kubernetes.tolerations", "tests=yes:NoSchedule,spot",
                        "nomos.kubernetes.storage-class", "none",
                        "nomos.kubernetes.cpu", "2",
                        "nomos.kubernetes.memory", "1Gi"),
                Map.of());
        var anchor = Anchor.of(shared());
        anchor.getMetadata().setUid("11111111-2222-3333-4444-555555555555");
        var manifests = new ArrayList<HasMetadata>();
        manifests.add(anchor);
        ofNode(shared(), EXECUTOR, settings).forEach(manifest -> manifests.add(Anchor.owning(anchor, manifest)));

        assertIs("given-namespace.yaml", manifests);
    }

    @Test
    void aRealNodeProvidesItsServicesOverUdp() throws IOException {
        var settings = SettingSource.read(Map.of(), Map.of());
        var environment = new LinkedHashMap<String, String>();
        environment.put("POL_PROOF_DEV_MODE", "true");
        var start = new NodeProgram.Start(
                List.of("/usr/bin/nomos-node", "/var/lib/nomos/config.yaml"),
                List.of(),
                environment,
                "",
                NodePod.STATE_DIRECTORY,
                NodePod.STATE_DIRECTORY,
                PodPort.OF_REAL_NODES);

        assertIs(
                "real-node.yaml",
                List.of(
                        NodeManifests.service(own(), VALIDATOR, NodeAccess.PORT_FORWARD, PodPort.OF_REAL_NODES),
                        NodePod.of(own(), VALIDATOR, 1, "nomos:1", start, Duration.ofHours(6), settings)));
    }

    @Test
    void aPodMayDoNothingThatARestrictedNamespaceForbids() {
        var pod = NodePod.of(
                        own(),
                        VALIDATOR,
                        3,
                        "i",
                        NodeProgram.Start.ofImage("INFO", ""),
                        Duration.ofHours(1),
                        SettingSource.read(Map.of(), Map.of()))
                .getSpec();
        var container = pod.getContainers().get(0).getSecurityContext();

        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(container.getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    }

    @Test
    void eachLifeOfANodeIsAPodOfItsOwnBehindTheSameService() {
        var settings = SettingSource.read(Map.of(), Map.of());
        var first = NodePod.of(
                own(), VALIDATOR, 1, "i", NodeProgram.Start.ofImage("INFO", ""), Duration.ofHours(1), settings);
        var second = NodePod.of(
                own(), VALIDATOR, 2, "i", NodeProgram.Start.ofImage("INFO", ""), Duration.ofHours(1), settings);
        var selector = NodeManifests.service(own(), VALIDATOR, NodeAccess.PORT_FORWARD, PodPort.OF_DEV_NODES)
                .getSpec()
                .getSelector();

        assertThat(first.getMetadata().getName()).isEqualTo("validator-0-1");
        assertThat(second.getMetadata().getName()).isEqualTo("validator-0-2");
        assertThat(first.getMetadata().getLabels()).containsAllEntriesOf(selector);
        assertThat(second.getMetadata().getLabels()).containsAllEntriesOf(selector);
        assertThat(second.getSpec().getVolumes()).isEqualTo(first.getSpec().getVolumes());
    }

    @Test
    void whatIsPrintedCanBeReadAgain() {
        var manifest = NodeManifests.service(own(), VALIDATOR, NodeAccess.NODE_PORT, PodPort.OF_REAL_NODES);

        var read = new KubernetesSerialization().unmarshal(ManifestText.yaml(List.of(manifest)));

        assertThat(read).isEqualTo(manifest);
    }

    @Test
    void refusesAConfigurationThatFitsIntoNoSecret() {
        assertThatThrownBy(() -> NodeManifests.configuration(own(), VALIDATOR, "x".repeat(1_000_001)))
                .isInstanceOf(DeploymentException.class)
                .hasMessage(
                        "The configuration of node 'validator-0' has 1000001 bytes, expected at most 1000000,"
                                + " because Kubernetes keeps it in a secret. Most of it is the genesis: declare fewer wallets.");
    }

    @Test
    void policiesOfAnIsolatedNodeAndACutLinkInAGivenNamespace() throws IOException {
        var cut = new LinkedHashMap<String, Set<String>>();
        cut.put("validator-0", new LinkedHashSet<>(List.of("validator-1", "validator-2")));
        cut.put("validator-1", new LinkedHashSet<>(List.of("validator-0")));
        cut.put("validator-2", new LinkedHashSet<>(List.of("validator-0")));

        assertIs("cut-links.yaml", PolicyManifests.of(shared(), "cut-1", cut));
    }

    @Test
    void experimentsOfACutLink() throws IOException {
        var cut = new LinkedHashMap<String, Set<String>>();
        cut.put("validator-0", new LinkedHashSet<>(List.of("validator-1")));
        cut.put("validator-1", new LinkedHashSet<>(List.of("validator-0")));

        assertIs("cut-links-chaos-mesh.yaml", ChaosManifests.of(own(), "cut-1", cut));
    }
}
