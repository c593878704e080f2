package org.junitnomos.jupiter;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junitnomos.scenario.Problems;
import org.junitnomos.topology.TopologySpec;

/** Calls the static method that provides the topologies of a sweep. */
final class TopologyProvider {
    private static final String EXPECTED =
            "a static method without parameters that returns a Stream, Iterable or array of TopologySpec";

    private TopologyProvider() {}

    static List<TopologySpec> call(Class<?> type, String name, String place, Problems problems) {
        try {
            var method = find(type, name);
            if (method == null || !Modifier.isStatic(method.getModifiers())) {
                problems.add(
                        place, "\"" + name + "\"", EXPECTED, "There is none of that name in " + ElementName.of(type));
                return List.of();
            }
            method.setAccessible(true);
            var topologies = new ArrayList<TopologySpec>();
            elements(method.invoke(null)).forEach(element -> topologies.add(TopologySpec.class.cast(element)));
            if (topologies.isEmpty()) {
                problems.add(place, "\"" + name + "\"", "at least one topology", "It provided none");
            }
            return topologies;
        } catch (InvocationTargetException e) {
            problems.add(place, "\"" + name + "\"", EXPECTED, "It failed with " + e.getCause());
        } catch (IllegalAccessException | ClassCastException e) {
            problems.add(place, "\"" + name + "\"", EXPECTED, String.valueOf(e.getMessage()));
        }
        return List.of();
    }

    private static @Nullable Method find(Class<?> type, String name) {
        for (Class<?> next = type; next != null; next = next.getSuperclass()) {
            try {
                return next.getDeclaredMethod(name);
            } catch (NoSuchMethodException e) {
                continue;
            }
        }
        return null;
    }

    private static Stream<?> elements(@Nullable Object value) {
        if (value instanceof Stream<?> stream) {
            return stream;
        }
        if (value instanceof Iterable<?> iterable) {
            return StreamSupport.stream(iterable.spliterator(), false);
        }
        if (value instanceof Object[] array) {
            return Arrays.stream(array);
        }
        throw new ClassCastException(
                "It returned " + (value == null ? "null" : value.getClass().getName()));
    }
}
