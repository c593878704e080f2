package org.junitnomos.k8s;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the experiments of Chaos Mesh under which no node hears another one over a link that is cut: one for each set
 * of nodes that may not hear the same others. Pure functions.
 */
final class ChaosManifests {
    private ChaosManifests() {}

    /**
     * Writes the experiments.
     *
     * @param name their names begin with it
     * @param cut for each node with cut links the other ends of them
     */
    static List<GenericKubernetesResource> of(ObjectPlacement place, String name, Map<String, Set<String>> cut) {
        var groups = new LinkedHashMap<Set<String>, List<String>>();
        cut.forEach((node, ends) ->
                groups.computeIfAbsent(ends, any -> new ArrayList<>()).add(node));
        var experiments = new ArrayList<GenericKubernetesResource>();
        groups.forEach((ends, nodes) -> {
            var experiment = new GenericKubernetesResource();
            experiment.setApiVersion(ChaosExperiments.API_VERSION);
            experiment.setKind(ChaosExperiments.KIND);
            experiment.setMetadata(new ObjectMetaBuilder()
                    .withName(place.name(name + "-" + (experiments.size() + 1)))
                    .withNamespace(place.namespace())
                    .withLabels(Labels.ofDeployment(place.marker(), place.session()))
                    .build());
            var spec = selected(place, nodes);
            spec.put("action", "partition");
            spec.put("direction", "from");
            spec.put("target", selected(place, List.copyOf(ends)));
            experiment.setAdditionalProperty("spec", spec);
            experiments.add(experiment);
        });
        return experiments;
    }

    private static Map<String, Object> selected(ObjectPlacement place, List<String> nodes) {
        var expression = new LinkedHashMap<String, Object>();
        expression.put("key", Labels.NODE);
        expression.put("operator", "In");
        expression.put("values", nodes);
        var labels = new LinkedHashMap<String, Object>();
        labels.put(Labels.MARKER, place.marker());
        var selector = new LinkedHashMap<String, Object>();
        selector.put("namespaces", List.of(place.namespace()));
        selector.put("labelSelectors", labels);
        selector.put("expressionSelectors", List.of(expression));
        var selected = new LinkedHashMap<String, Object>();
        selected.put("mode", "all");
        selected.put("selector", selector);
        return selected;
    }
}
