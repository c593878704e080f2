package org.junitnomos.jupiter;

import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.WorkloadGenerator;

/**
 * Collects the workloads, or the expectations, that annotations bring.
 *
 * <p>The kind of a part is the composed annotation that configures it, else its class. On one element several of a kind
 * count, but one that stands there beats one that a composed annotation brings; a later element replaces by kind.
 *
 * @param <P> what is collected
 */
final class PartCollector<P> {
    private final Class<P> type;
    private final Problems problems;
    private final AnnotationTerms terms;
    private final Map<Class<?>, List<P>> byKind = new LinkedHashMap<>();

    PartCollector(Class<P> type, Problems problems, AnnotationTerms terms) {
        this.type = type;
        this.problems = problems;
        this.terms = terms;
    }

    /** An annotation names a part: its class, and who makes it. */
    record Named<P>(FoundAnnotation found, Class<? extends P> value, Class<?> factory, boolean byConstructor) {
        static Named<WorkloadGenerator> of(FoundAnnotation found, Workload workload) {
            return new Named<>(
                    found, workload.value(), workload.by(), workload.by() == WorkloadFactory.ByConstructor.class);
        }

        static Named<Expectation> of(FoundAnnotation found, Expect expect) {
            return new Named<>(
                    found, expect.value(), expect.by(), expect.by() == ExpectationFactory.ByConstructor.class);
        }

        /** Says whether the attributes of an annotation are matched with the components of the part. */
        boolean isMatchedByName(Annotation annotation) {
            return byConstructor
                    && value.isRecord()
                    && constructor(value, annotation).isEmpty();
        }
    }

    /** Takes over what one element brings. */
    void add(List<Named<P>> element) {
        var depths = new LinkedHashMap<Class<?>, Integer>();
        element.forEach(named -> depths.merge(kind(named), depth(named), Math::min));
        var here = new LinkedHashMap<Class<?>, List<P>>();
        for (var named : element) {
            var kind = kind(named);
            if (depth(named) == depths.getOrDefault(kind, 0)) {
                var parts = here.computeIfAbsent(kind, key -> new ArrayList<>());
                create(named).ifPresent(parts::add);
            }
        }
        byKind.putAll(here);
    }

    void clear() {
        byKind.clear();
    }

    List<P> all() {
        return byKind.values().stream().flatMap(List::stream).toList();
    }

    private Class<?> kind(Named<P> named) {
        var carrier = named.found().carrier();
        return carrier != null && configures(named, carrier) ? carrier.annotationType() : named.value();
    }

    /** A composed annotation that configures a part stands for it: both are on one level. */
    private int depth(Named<P> named) {
        var carrier = named.found().carrier();
        return named.found().depth() - (carrier != null && configures(named, carrier) ? 1 : 0);
    }

    private boolean configures(Named<P> named, Annotation annotation) {
        return named.byConstructor()
                ? constructor(named.value(), annotation).isPresent()
                        || RecordReader.matches(named.value(), annotation.annotationType())
                : factoryMethod(named.factory(), annotation).isPresent();
    }

    private Optional<P> create(Named<P> named) {
        var carrier = named.found().carrierFound();
        var source = carrier != null && configures(named, carrier.annotation()) ? carrier : named.found();
        try {
            var part = named.byConstructor() ? construct(named, source) : manufacture(named, source.annotation());
            if (part.isPresent()) {
                terms.brought(part.get(), source);
                return part.map(type::cast);
            }
        } catch (InvocationTargetException e) {
            var cause = e.getCause();
            problem(named, "settings that it accepts", "It failed with " + (cause == null ? e : cause));
        } catch (ClassCastException | ReflectiveOperationException e) {
            problem(named, "a class that can be created: not abstract, not an inner class", "It failed with " + e);
        }
        terms.unreadable(source.name());
        return Optional.empty();
    }

    private Optional<?> construct(Named<P> named, FoundAnnotation source) throws ReflectiveOperationException {
        var configured = constructor(named.value(), source.annotation());
        if (configured.isPresent()) {
            return Optional.of(configured.get().newInstance(source.annotation()));
        }
        if (source != named.found()) {
            return new RecordReader(source, problems).read(named.value());
        }
        try {
            var plain = named.value().getDeclaredConstructor();
            plain.setAccessible(true);
            return Optional.of(plain.newInstance());
        } catch (NoSuchMethodException e) {
            var carrier = named.found().carrier();
            throw new NoSuchMethodException(ElementName.nameOf(named.value())
                    + " has no constructor without parameters"
                    + (carrier == null
                            ? ""
                            : " and none that takes @"
                                    + carrier.annotationType().getSimpleName()));
        }
    }

    private Optional<?> manufacture(Named<P> named, Annotation source) throws ReflectiveOperationException {
        var method = factoryMethod(named.factory(), source)
                .orElseThrow(() -> new NoSuchMethodException(ElementName.nameOf(named.factory())
                        + " has no method create(" + source.annotationType().getSimpleName() + ")"));
        var constructor = named.factory().getDeclaredConstructor();
        constructor.setAccessible(true);
        return Optional.of(method.invoke(constructor.newInstance(), source));
    }

    private static Optional<Constructor<?>> constructor(Class<?> type, Annotation annotation) {
        return Arrays.stream(type.getDeclaredConstructors())
                .filter(each -> each.getParameterCount() == 1)
                .filter(each -> each.getParameterTypes()[0] == annotation.annotationType())
                .<Constructor<?>>map(each -> {
                    each.setAccessible(true);
                    return each;
                })
                .findFirst();
    }

    private static Optional<Method> factoryMethod(Class<?> factory, Annotation annotation) {
        return Arrays.stream(factory.getMethods())
                .filter(each -> each.getName().equals("create") && !each.isBridge() && each.getParameterCount() == 1)
                .filter(each -> each.getParameterTypes()[0].isInstance(annotation))
                .map(each -> {
                    each.setAccessible(true);
                    return each;
                })
                .findFirst();
    }

    private void problem(Named<P> named, String expected, String fix) {
        problems.add(named.found().place("value"), ElementName.nameOf(named.value()), expected, fix);
    }
}
