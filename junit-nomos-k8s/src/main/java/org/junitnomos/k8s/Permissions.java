package org.junitnomos.k8s;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Knows what a user must be allowed to do, from the roles that this module documents, and asks the cluster for it. */
final class Permissions {
    static final String CLUSTER_ROLE = "cluster-role.yaml";
    static final String ROLE = "role.yaml";

    /** What a user may be allowed beside one of the two, and nothing needs. */
    static final String NETWORK_POLICIES = "network-policies.yaml";

    static final String CHAOS_MESH = "chaos-mesh.yaml";

    /** Besides one of the other two, for {@link NodeAccess#INGRESS}. */
    static final String INGRESS_ROLE = "ingress-role.yaml";

    private Permissions() {}

    /** Names a role of this module where whoever has its jar finds it. */
    static String inJar(String role) {
        return Permissions.class.getPackageName().replace('.', '/') + "/" + role + " in the jar of junit-nomos-k8s";
    }

    /**
     * Lists what the user may not do.
     *
     * @param settings where deployments go, and how nodes are reached
     * @return verbs and their resource, for example {@code "create and get pods/exec"}
     */
    static List<String> lacking(KubernetesClient client, KubernetesSettings settings) {
        String namespace = settings.namespace();
        return lacking(client, namespace, rules(namespace, settings.access() == NodeAccess.INGRESS));
    }

    /** Says what the user may not do of an optional role in a namespace; empty if everything. */
    static Optional<String> obstacle(KubernetesClient client, String namespace, String optional) {
        var lacking =
                lacking(client, namespace, read(optional, ClusterRole.class).getRules());
        return lacking.isEmpty() ? Optional.empty() : Optional.of("the user may not " + String.join("; ", lacking));
    }

    private static List<String> lacking(KubernetesClient client, @Nullable String namespace, List<PolicyRule> rules) {
        var lacking = new ArrayList<String>();
        for (var rule : rules) {
            for (var resource : rule.getResources()) {
                var verbs = rule.getVerbs().stream()
                        .filter(verb -> !isAllowed(
                                client, namespace, rule.getApiGroups().get(0), resource, verb))
                        .toList();
                if (!verbs.isEmpty()) {
                    lacking.add(String.join(", ", verbs) + " " + resource);
                }
            }
        }
        return lacking;
    }

    private static List<PolicyRule> rules(@Nullable String namespace, boolean ingresses) {
        var rules = new ArrayList<>(
                namespace == null
                        ? read(CLUSTER_ROLE, ClusterRole.class).getRules()
                        : read(ROLE, Role.class).getRules());
        if (ingresses) {
            rules.addAll(read(INGRESS_ROLE, ClusterRole.class).getRules());
        }
        return rules;
    }

    static <T> T read(String resource, Class<T> type) {
        try (InputStream in = Permissions.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The resource " + resource + " is missing in the jar of this module.");
            }
            return new KubernetesSerialization().unmarshal(in, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isAllowed(
            KubernetesClient client, @Nullable String namespace, String group, String resource, String verb) {
        int slash = resource.indexOf('/');
        var review = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withNamespace(namespace)
                .withGroup(group)
                .withResource(slash < 0 ? resource : resource.substring(0, slash))
                .withSubresource(slash < 0 ? null : resource.substring(slash + 1))
                .withVerb(verb)
                .endResourceAttributes()
                .endSpec()
                .build();
        var answer = client.authorization().v1().selfSubjectAccessReview().create(review);
        return answer.getStatus() != null
                && Boolean.TRUE.equals(answer.getStatus().getAllowed());
    }
}
