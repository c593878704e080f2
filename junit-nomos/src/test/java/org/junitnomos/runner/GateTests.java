package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junitnomos.client.BlobClient;
import org.junitnomos.client.NodeClient;
import org.junitnomos.client.NodeStream;
import org.junitnomos.client.TestingClient;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.feed.BlockFeed;
import org.junitnomos.journal.Journal;
import org.junitnomos.scenario.FaultPlan;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.ScenarioClock;
import org.junitnomos.time.SeededRandoms;

/** Every call into a run asks the gate, however the object was reached. */
class GateTests {
    private final Gate gate = new Gate();

    /** An object whose every method gives something of the type that it declares. */
    private static Object stub(Class<?> type) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "hashCode":
                    return 1;
                case "equals":
                    return proxy == arguments[0];
                case "toString":
                    return "stub";
                default:
                    return value(method);
            }
        });
    }

    private static Object value(Method method) {
        Class<?> type = method.getReturnType();
        if (type == List.class || type == Optional.class) {
            var element = ((ParameterizedType) method.getGenericReturnType()).getActualTypeArguments()[0];
            Object value = element instanceof Class<?> known && isStubbed(known) ? stub(known) : null;
            return type == Optional.class ? Optional.ofNullable(value) : value == null ? List.of() : List.of(value);
        }
        if (type == boolean.class) {
            return true;
        }
        if (type == int.class) {
            return 1;
        }
        if (type == long.class) {
            return 1L;
        }
        return isStubbed(type) ? stub(type) : null;
    }

    private static boolean isStubbed(Class<?> type) {
        return type.isInterface() && type.getName().startsWith("org.junitnomos.") && !type.isSealed();
    }

    private static Object call(Object target, Method method) throws Throwable {
        var arguments = new Object[method.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = argument(method.getParameterTypes()[i]);
        }
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Object argument(Class<?> type) {
        if (type == boolean.class) {
            return true;
        }
        if (type == int.class) {
            return 1;
        }
        return type == long.class ? 1L : null;
    }

    /** Reach everything there is from the run: the objects by their types. */
    private static Map<Class<?>, Object> reach(Object run) throws Throwable {
        var found = new LinkedHashMap<Class<?>, Object>();
        var next = new ArrayList<Object>(List.of(run));
        while (!next.isEmpty()) {
            Object part = next.remove(0);
            for (Class<?> type : part.getClass().getInterfaces()) {
                if (type.getName().startsWith("org.junitnomos.") && found.putIfAbsent(type, part) == null) {
                    for (var method : methods(type)) {
                        Object result = call(part, method);
                        next.addAll(
                                result instanceof List<?> list ? list : result == null ? List.of() : List.of(result));
                    }
                }
            }
        }
        return found;
    }

    private static List<Method> methods(Class<?> type) {
        return List.of(type.getMethods()).stream()
                .filter(method -> !java.lang.reflect.Modifier.isStatic(method.getModifiers()))
                .filter(method -> !method.isDefault() || method.getReturnType().isInterface())
                .sorted(Comparator.comparing(Method::toGenericString))
                .toList();
    }

    @Test
    void refusesEveryMethodOfEverythingOnceItIsClosed() throws Throwable {
        var reached = reach(gate.guard(RunContext.class, (RunContext) stub(RunContext.class)));
        assertThat(reached.keySet())
                .contains(
                        RunContext.class,
                        ScenarioClock.class,
                        Cluster.class,
                        NodeHandle.class,
                        NodeClient.class,
                        BlobClient.class,
                        TestingClient.class,
                        NodeStream.class,
                        NodeControl.class,
                        FaultPlan.class,
                        BlockFeed.class,
                        Journal.class);
        gate.close("too late");

        Set<String> passed = new LinkedHashSet<>();
        for (var part : reached.entrySet()) {
            for (var method : part.getKey().getMethods()) {
                if (java.lang.reflect.Modifier.isStatic(method.getModifiers())) {
                    continue;
                }
                try {
                    call(part.getValue(), method);
                    passed.add(part.getKey().getSimpleName() + "." + method.getName());
                } catch (DeadlineExceededException e) {
                    assertThat(e).hasMessage("too late");
                }
            }
        }

        assertThat(passed).as("what can still be closed").containsOnly("NodeClient.close", "NodeStream.close");
    }

    @Test
    void givesOneGuardForOnePartAndTellsThatTwoGuardTheSame() {
        var stub = (RunContext) stub(RunContext.class);
        var node = (NodeHandle) stub(NodeHandle.class);

        assertThat(gate.guardOnce(NodeHandle.class, node)).isSameAs(gate.guardOnce(NodeHandle.class, node));
        assertThat(gate.guard(RunContext.class, stub))
                .isEqualTo(gate.guard(RunContext.class, stub))
                .isNotEqualTo(gate.guard(RunContext.class, (RunContext) stub(RunContext.class)))
                .hasToString("stub")
                .hasSameHashCodeAs(stub);
    }

    @Test
    void guardsTheRunThatAPartSaysItIsOf() {
        var run = (RunContext) stub(RunContext.class);
        var cluster = gate.guard(Cluster.class, (Cluster) Proxy.newProxyInstance(
                Cluster.class.getClassLoader(),
                new Class<?>[] {Cluster.class},
                (proxy, method, arguments) -> Optional.of(run)));
        var owner = cluster.owner(RunContext.class).orElseThrow();
        assertThat(owner.seed()).isOne();

        gate.close("too late");

        assertThatThrownBy(owner::seed).isInstanceOf(DeadlineExceededException.class);
    }

    @Test
    void throwsWhatThePartThrows() {
        var failing = gate.guard(Journal.class, (Journal) Proxy.newProxyInstance(
                Journal.class.getClassLoader(), new Class<?>[] {Journal.class}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException("the part's own");
                }));

        assertThatThrownBy(failing::events)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("the part's own");
    }

    @Test
    void drawsTheSameChanceAndNoneOnceItIsClosed() {
        var guarded = new SeededRandoms(4711, gate::check).random("stream");
        var plain = new Random(SeededRandoms.streamSeed(4711, "stream"));

        assertThat(guarded.nextInt()).isEqualTo(plain.nextInt());
        assertThat(guarded.nextInt(100)).isEqualTo(plain.nextInt(100));
        assertThat(guarded.nextLong(7, 1_000_000)).isEqualTo(plain.nextLong(7, 1_000_000));
        assertThat(guarded.nextDouble()).isEqualTo(plain.nextDouble());
        assertThat(guarded.nextGaussian()).isEqualTo(plain.nextGaussian());
        assertThat(guarded.ints(5, 0, 9).toArray())
                .containsExactly(plain.ints(5, 0, 9).toArray());
        gate.close("too late");

        assertThatThrownBy(guarded::nextBoolean).isInstanceOf(DeadlineExceededException.class);
        assertThatCode(plain::nextBoolean).doesNotThrowAnyException();
    }
}
