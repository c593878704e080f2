package org.junitnomos.k8s;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;

/** Prints manifests for people, as {@code kubectl apply} takes them. */
final class ManifestText {
    private ManifestText() {}

    static String yaml(List<? extends HasMetadata> manifests) {
        var serialization = new KubernetesSerialization();
        var text = new StringBuilder();
        for (var manifest : manifests) {
            text.append(serialization.asYaml(manifest).strip().startsWith("---") ? "" : "---\n");
            text.append(serialization.asYaml(manifest).strip()).append('\n');
        }
        return text.toString();
    }
}
