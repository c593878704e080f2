package org.junitnomos.jupiter;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junitnomos.client.NodeClient;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.deploy.Genesis;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.deploy.Wallet;
import org.junitnomos.feed.BlockFeed;
import org.junitnomos.journal.Journal;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioClock;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.TopologySpec;

/**
 * A parameter or field that asks for something by its type.
 *
 * @param type what it asks for
 * @param generic the same with type arguments
 * @param from which node; null if nothing says so
 * @param place what it is and where, for messages
 */
record InjectionPoint(Class<?> type, Type generic, @Nullable FromNode from, String place) {
    private static final Map<Class<?>, Function<TestRun, Object>> TYPES = new LinkedHashMap<>();
    private static final Map<Class<?>, Function<TestRun, List<?>>> LISTS = new LinkedHashMap<>();
    private static final List<Class<?>> OF_NODES = List.of(NodeClient.class, NodeHandle.class, URI.class);

    static {
        TYPES.put(RunContext.class, run -> run.deploy().context());
        TYPES.put(Cluster.class, run -> run.deploy().cluster());
        TYPES.put(NodeControl.class, run -> run.deploy().control());
        TYPES.put(BlockFeed.class, run -> run.deploy().feed());
        TYPES.put(Journal.class, run -> run.deploy().journal());
        TYPES.put(ScenarioClock.class, run -> run.deploy().clock());
        TYPES.put(Genesis.class, run -> run.deploy().cluster().genesis());
        TYPES.put(Scenario.class, run -> run.phases().info().scenario());
        TYPES.put(TopologySpec.class, run -> run.phases().info().scenario().topology());
        LISTS.put(Wallet.class, run -> run.deploy().cluster().genesis().wallets());
        LISTS.put(NodeHandle.class, TestRun::nodes);
        LISTS.put(
                NodeClient.class,
                run -> run.nodes().stream().map(NodeHandle::client).toList());
    }

    static InjectionPoint of(ParameterContext parameter) {
        return of(
                parameter.getParameter(),
                parameter.findAnnotation(FromNode.class).orElse(null));
    }

    static InjectionPoint of(Parameter parameter, @Nullable FromNode from) {
        return new InjectionPoint(
                parameter.getType(),
                parameter.getParameterizedType(),
                from,
                "the parameter of type " + parameter.getType().getSimpleName() + " in " + ElementName.of(parameter));
    }

    static InjectionPoint of(Field field) {
        return new InjectionPoint(
                field.getType(),
                field.getGenericType(),
                AnnotationSupport.findAnnotation(field, FromNode.class).orElse(null),
                (Modifier.isStatic(field.getModifiers()) ? "static " : "") + "field " + ElementName.of(field));
    }

    /** Whether it is ours: another extension may know other types. */
    boolean isKnown() {
        return from != null || TYPES.containsKey(type) || isOfOneNode() || list() != null;
    }

    /**
     * Tells why it cannot be given what it asks for.
     *
     * @param nodes the nodes of the cluster
     * @param mayGrow whether nodes may have been added until then
     * @return the node that it is about; empty if it is about none, or none that is there
     */
    Optional<NodeSpec> check(List<NodeSpec> nodes, boolean mayGrow, Problems problems) {
        if (from != null && !OF_NODES.contains(type)) {
            problems.add(
                    "@FromNode on " + place,
                    "on type " + type.getSimpleName(),
                    "type NodeClient, NodeHandle or URI, since it chooses a node",
                    "Change the type, or remove @FromNode");
        } else if (!isKnown()) {
            problems.add(place, "of type " + generic.getTypeName(), "one of " + names(), "Change the type");
        } else if (from != null) {
            return NodeChoice.choose(nodes, from, place, mayGrow, problems);
        } else if (isOfOneNode()) {
            return nodes.stream().findFirst();
        }
        return Optional.empty();
    }

    /**
     * Returns what it asks for.
     *
     * @throws ParameterResolutionException if it cannot be given
     */
    Object value(TestRun run) {
        var known = TYPES.get(type);
        if (known != null && from == null) {
            return known.apply(run);
        }
        var list = list();
        if (list != null && from == null) {
            return list.apply(run);
        }
        var node = node(run);
        if (type == URI.class) {
            return node.url();
        }
        return type == NodeHandle.class ? node : node.client();
    }

    private NodeHandle node(TestRun run) {
        var nodes = run.nodes();
        var problems = new Problems();
        var chosen = check(nodes.stream().map(NodeHandle::spec).toList(), false, problems);
        return nodes.stream()
                .filter(node -> chosen.filter(node.spec()::equals).isPresent())
                .findFirst()
                .orElseThrow(() -> new ParameterResolutionException(String.join("\n", problems.texts())));
    }

    private boolean isOfOneNode() {
        return type == NodeClient.class || type == NodeHandle.class;
    }

    private @Nullable Function<TestRun, List<?>> list() {
        return type == List.class
                        && generic instanceof ParameterizedType parameterized
                        && parameterized.getActualTypeArguments()[0] instanceof Class<?> element
                ? LISTS.get(element)
                : null;
    }

    private static String names() {
        var types = TYPES.keySet().stream().map(Class::getSimpleName).toList();
        var lists = LISTS.keySet().stream()
                .map(type -> "List<" + type.getSimpleName() + ">")
                .toList();
        return String.join(", ", types) + ", NodeClient, NodeHandle, " + String.join(", ", lists);
    }
}
