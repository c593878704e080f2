package org.junitnomos.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junitnomos.deploy.DeploymentException;

class SettingSourceTests {
    private static KubernetesSettings read(Map<String, String> properties, Map<String, String> environment) {
        return SettingSource.read(properties, environment);
    }

    private static KubernetesSettings property(String name, String value) {
        return read(Map.of("nomos.kubernetes." + name, value), Map.of());
    }

    @Nested
    class WithoutAnySetting {
        private final KubernetesSettings settings = read(Map.of(), Map.of());

        @Test
        void asksForNoMoreThanAnyClusterHas() {
            assertThat(settings)
                    .isEqualTo(new KubernetesSettings(
                            null,
                            null,
                            null,
                            false,
                            null,
                            false,
                            NodeAccess.PORT_FORWARD,
                            null,
                            null,
                            PeerAddressing.CLUSTER_IP,
                            new KubernetesSettings.Pods(
                                    PullPolicy.IF_NOT_PRESENT,
                                    java.util.List.of(),
                                    Map.of(),
                                    java.util.List.of(),
                                    "100m",
                                    "512Mi"),
                            new KubernetesSettings.Storage("", "1Gi"),
                            FeatureUse.AUTO,
                            FeatureUse.AUTO,
                            Duration.ofHours(6),
                            false));
        }

        @Test
        void takesAnEmptyTextForNone() {
            assertThat(read(Map.of("nomos.kubernetes.access", " "), Map.of("K8S_RUNNER_NAMESPACE", "")))
                    .isEqualTo(settings);
        }
    }

    @Nested
    class Reads {
        @Test
        void thePlaceOfTheCluster() {
            assertThat(property("kubeconfig", "/home/me/kube").kubeconfig()).isEqualTo(Path.of("/home/me/kube"));
            assertThat(property("context", "kind-kind").context()).isEqualTo("kind-kind");
        }

        @Test
        void thatTheImageOfTheRustFrameworkHasRealNodes() {
            var testnet = Map.of("NOMOS_TESTNET_IMAGE", "nomos:1");

            assertThat(read(Map.of(), testnet).realByImage()).isTrue();
            assertThat(read(Map.of("nomos.kubernetes.image", "mine:2"), testnet).realByImage())
                    .isFalse();
            assertThat(read(Map.of(), Map.of()).realByImage()).isFalse();
        }

        @Test
        void theVariablesOfTheRustFramework() {
            var settings = read(
                    Map.of(),
                    Map.of(
                            "K8S_RUNNER_NAMESPACE", "team-a",
                            "K8S_RUNNER_PRESERVE", "1",
                            "NOMOS_TESTNET_IMAGE", "testnet:1"));

            assertThat(settings.namespace()).isEqualTo("team-a");
            assertThat(settings.preserve()).isTrue();
            assertThat(settings.image()).isEqualTo("testnet:1");
        }

        @Test
        void variablesByTheUsualRuleBeforeThoseOfTheRustFramework() {
            var settings =
                    read(Map.of(), Map.of("NOMOS_KUBERNETES_NAMESPACE", "ours", "K8S_RUNNER_NAMESPACE", "theirs"));

            assertThat(settings.namespace()).isEqualTo("ours");
        }

        @Test
        void itsOwnNamesForWhoeverRefusesOthers() {
            assertThat(SettingSource.names())
                    .contains("nomos.kubernetes.command", "nomos.kubernetes.tolerations", "K8S_RUNNER_PRESERVE")
                    .isSorted();
        }

        @Test
        void propertiesBeforeVariables() {
            var settings = read(
                    Map.of("nomos.kubernetes.namespace", "b"),
                    Map.of("K8S_RUNNER_NAMESPACE", "a", "NOMOS_KUBERNETES_ACCESS", "node-port"));

            assertThat(settings.namespace()).isEqualTo("b");
            assertThat(settings.access()).isEqualTo(NodeAccess.NODE_PORT);
        }

        @Test
        void whatPodsGet() {
            var pods = read(
                            Map.of(
                                    "nomos.kubernetes.pull-policy", "never",
                                    "nomos.kubernetes.pull-secrets", "one, two",
                                    "nomos.kubernetes.node-selector", "disk=ssd,zone=",
                                    "nomos.kubernetes.tolerations", "a,b=c,d:NoExecute,e=f:NoSchedule",
                                    "nomos.kubernetes.cpu", "1.5",
                                    "nomos.kubernetes.memory", "2Gi"),
                            Map.of())
                    .pods();

            assertThat(pods.pullPolicy()).isEqualTo(PullPolicy.NEVER);
            assertThat(pods.pullSecrets()).containsExactly("one", "two");
            assertThat(pods.nodeSelector()).containsExactly(Map.entry("disk", "ssd"), Map.entry("zone", ""));
            assertThat(pods.tolerations())
                    .containsExactly(
                            new NodeTaint("a", "", ""),
                            new NodeTaint("b", "c", ""),
                            new NodeTaint("d", "", "NoExecute"),
                            new NodeTaint("e", "f", "NoSchedule"));
            assertThat(pods.cpu()).isEqualTo("1.5");
            assertThat(pods.memory()).isEqualTo("2Gi");
        }

        @Test
        void thatLinksAreCutByTheNodesAlone() {
            assertThat(property("network-policies", "never").policies()).isEqualTo(FeatureUse.NEVER);
            assertThat(property("chaos-mesh", "never").chaosMesh()).isEqualTo(FeatureUse.NEVER);
        }

        @Test
        void whereIngressesAreServed() {
            var bare = read(Map.of("nomos.kubernetes.ingress-host", "example.org"), Map.of());
            assertThat(bare.ingresses()).isEqualTo(new Ingresses("example.org", null, null, 80));
            assertThat(bare.usedIngresses()).isNull();
            var full = read(
                    Map.of(
                            "nomos.kubernetes.access", "ingress",
                            "nomos.kubernetes.ingress-host", "example.org",
                            "nomos.kubernetes.ingress-class", "nginx",
                            "nomos.kubernetes.ingress-address", "here:8080"),
                    Map.of());
            var ingresses = full.usedIngresses();
            assertThat(ingresses).isEqualTo(new Ingresses("example.org", "nginx", "here", 8080));
            assertThat(ingresses.placeOf("a.example.org")).isEqualTo("here");
            assertThat(ingresses.placeOf("a.example.com")).isEqualTo("a.example.com");
        }

        @Test
        void thatBlocksLiveAsLongAsThePod() {
            assertThat(property("storage-class", "none").storage().isEphemeral())
                    .isTrue();
            assertThat(property("storage-class", "fast").storage().isEphemeral())
                    .isFalse();
        }
    }

    @Nested
    class Refuses {
        @Test
        void ingressesWithoutADomain() {
            assertThatThrownBy(() -> property("access", "ingress"))
                    .isInstanceOf(DeploymentException.class)
                    .hasMessage(
                            "Setting 'nomos.kubernetes.access' is \"ingress\", so 'nomos.kubernetes.ingress-host' is"
                                    + " needed: the domain in which each node gets a host, for example 'nomos.example.org'.");
        }

        @Test
        void everythingThatIsWrongAtOnce() {
            var properties = Map.of(
                    "nomos.kubernetes.access", "tunnel",
                    "nomos.kubernetes.expiry", "0s",
                    "nomos.kubernetes.namespace", "Team A",
                    "nomos.kubernetes.ingress-address", "here:99999",
                    "nomos.kubernetes.imagee", "x");
            var environment = Map.of("K8S_RUNNER_PRESERVE", "maybe", "NOMOS_KUBERNETES_MEMORY", "much");

            assertThatThrownBy(() -> read(properties, environment))
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageContainingAll(
                            "Setting 'nomos.kubernetes.access' (system property) is \"tunnel\", expected one of"
                                    + " port-forward, node-port, cluster-ip, ingress.",
                            "Setting 'nomos.kubernetes.ingress-address' (system property) is \"here:99999\", expected"
                                    + " host or host:port, for example 192.0.2.7:8080.",
                            "Setting 'nomos.kubernetes.expiry' (system property) is \"0s\", expected a positive"
                                    + " duration such as 90m or 6h.",
                            "Setting 'nomos.kubernetes.namespace' (system property) is \"Team A\", expected up to 63"
                                    + " lower-case letters, digits and dashes.",
                            "Setting 'K8S_RUNNER_PRESERVE' (environment) is \"maybe\", expected 1 or true, 0 or"
                                    + " false.",
                            "Setting 'NOMOS_KUBERNETES_MEMORY' (environment) is \"much\", expected a quantity of"
                                    + " Kubernetes such as 250m or 512Mi.",
                            "Setting 'nomos.kubernetes.imagee' (system property) is not known. Did you mean"
                                    + " 'nomos.kubernetes.image'?");
        }

        @Test
        void aTaintWithAnEffectThatDoesNotExist() {
            assertThatThrownBy(() -> property("tolerations", "a=b:Never"))
                    .hasMessage("Setting 'nomos.kubernetes.tolerations' (system property) is \"a=b:Never\", expected"
                            + " taints key[=value][:NoSchedule|PreferNoSchedule|NoExecute] with ',' between them.");
        }

        @Test
        void aVariableThatNobodyReads() {
            assertThatThrownBy(() -> read(Map.of(), Map.of("NOMOS_KUBERNETES_NAMESPCE", "a")))
                    .hasMessage("Setting 'NOMOS_KUBERNETES_NAMESPCE' (environment) is not known. Did you mean"
                            + " 'NOMOS_KUBERNETES_NAMESPACE'?");
        }
    }
}
