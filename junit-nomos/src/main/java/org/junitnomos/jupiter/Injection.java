package org.junitnomos.jupiter;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junitnomos.client.NodeClient;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.deploy.Genesis;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.deploy.Wallet;
import org.junitnomos.feed.BlockFeed;
import org.junitnomos.journal.Journal;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioClock;
import org.junitnomos.topology.TopologySpec;

/** Gives parameters and fields what they ask for by their type. */
final class Injection {
    private static final Map<Class<?>, Function<TestRun, Object>> TYPES = new LinkedHashMap<>();
    private static final Map<Class<?>, Function<TestRun, List<?>>> LISTS = new LinkedHashMap<>();

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

    private Injection() {}

    static boolean supports(ParameterContext parameter) {
        var declared = parameter.getParameter();
        return parameter.isAnnotated(FromNode.class) || isKnown(declared.getType(), declared.getParameterizedType());
    }

    static Object value(ParameterContext parameter, TestRun run) {
        var declared = parameter.getParameter();
        var from = parameter.findAnnotation(FromNode.class).orElse(null);
        return value(
                declared.getType(),
                declared.getParameterizedType(),
                from,
                run,
                "parameter of type " + declared.getType().getSimpleName() + " in " + ElementName.of(declared));
    }

    /**
     * Sets the fields of a test instance.
     *
     * @param type class whose fields are set, those of its superclasses too
     * @param instance the instance; null for static fields
     * @param run where the values come from
     */
    static void fields(Class<?> type, @Nullable Object instance, TestRun run) {
        for (var field : injected(type)) {
            if (Modifier.isStatic(field.getModifiers()) == (instance == null)) {
                set(field, instance, run);
            }
        }
    }

    static boolean hasStaticFields(Class<?> type) {
        return injected(type).stream().anyMatch(field -> Modifier.isStatic(field.getModifiers()));
    }

    private static List<Field> injected(Class<?> type) {
        return ReflectionSupport.findFields(
                type,
                field -> AnnotationSupport.isAnnotated(field, InjectCluster.class)
                        || AnnotationSupport.isAnnotated(field, FromNode.class),
                HierarchyTraversalMode.TOP_DOWN);
    }

    private static void set(Field field, @Nullable Object instance, TestRun run) {
        var place = "field " + ElementName.of(field);
        if (Modifier.isFinal(field.getModifiers())) {
            throw new ExtensionConfigurationException(
                    "Cannot inject " + place + ": it is final. Remove the final, or take a constructor parameter.");
        }
        var from = AnnotationSupport.findAnnotation(field, FromNode.class).orElse(null);
        var value = value(field.getType(), field.getGenericType(), from, run, place);
        try {
            field.setAccessible(true);
            field.set(instance, value);
        } catch (IllegalAccessException e) {
            throw new ExtensionConfigurationException("Cannot inject " + place + ": " + e.getMessage(), e);
        }
    }

    private static boolean isKnown(Class<?> type, Type generic) {
        return TYPES.containsKey(type)
                || type == NodeClient.class
                || type == NodeHandle.class
                || type == List.class && LISTS.containsKey(element(generic));
    }

    private static Object value(Class<?> type, Type generic, @Nullable FromNode from, TestRun run, String place) {
        var known = TYPES.get(type);
        var list = type == List.class ? LISTS.get(element(generic)) : null;
        if (type == NodeClient.class || type == NodeHandle.class) {
            var node = NodeChoice.choose(run.nodes(), from, place);
            return type == NodeHandle.class ? node : node.client();
        }
        if (from != null && type == URI.class) {
            return NodeChoice.choose(run.nodes(), from, place).url();
        }
        if (from != null) {
            throw new ParameterResolutionException("Cannot resolve " + place
                    + ": @FromNode chooses a node, expected type NodeClient, NodeHandle or URI. Change the type, or"
                    + " remove @FromNode.");
        }
        if (known != null) {
            return known.apply(run);
        }
        if (list != null) {
            return list.apply(run);
        }
        throw new ParameterResolutionException("Cannot resolve " + place + ": type " + generic.getTypeName()
                + " is not injected, expected one of " + names() + ". Change the type.");
    }

    private static Class<?> element(Type generic) {
        return generic instanceof ParameterizedType parameterized
                        && parameterized.getActualTypeArguments()[0] instanceof Class<?> element
                ? element
                : Object.class;
    }

    private static String names() {
        var types = TYPES.keySet().stream().map(Class::getSimpleName).toList();
        var lists = LISTS.keySet().stream()
                .map(type -> "List<" + type.getSimpleName() + ">")
                .toList();
        return String.join(", ", types) + ", NodeClient, NodeHandle, " + String.join(", ", lists);
    }
}
