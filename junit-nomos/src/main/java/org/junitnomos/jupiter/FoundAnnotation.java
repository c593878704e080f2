package org.junitnomos.jupiter;

import java.lang.annotation.Annotation;
import java.lang.annotation.Repeatable;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An annotation on an element, or on an annotation of that element.
 *
 * <p>The walk is our own because {@code @Repeatable} annotations on superclasses and composed annotations are read
 * differently by the JDK and by JUnit, and neither tells which composed annotation brought a repeatable one.
 *
 * @param annotation the annotation
 * @param carrier the composed annotation that carries it; null if it stands on the element itself
 * @param depth number of annotations between it and the element, 0 if it stands there
 * @param at the element
 */
record FoundAnnotation(Annotation annotation, @Nullable Annotation carrier, int depth, AnnotatedElement at) {

    /** Lists the classes and methods to read, each class with its superclasses and interfaces first. */
    static List<AnnotatedElement> elements(List<? extends AnnotatedElement> elements) {
        var all = new LinkedHashSet<AnnotatedElement>();
        for (var element : elements) {
            if (element instanceof Class<?> type) {
                all.addAll(hierarchy(type));
            } else {
                all.add(element);
            }
        }
        return new ArrayList<>(all);
    }

    /** Lists what is on one element, in the order of the source; what an annotation carries follows it. */
    static List<FoundAnnotation> on(AnnotatedElement element) {
        var found = new ArrayList<FoundAnnotation>();
        for (var annotation : opened(element)) {
            visit(new FoundAnnotation(annotation, null, 0, element), new LinkedHashSet<>(), found);
        }
        return found;
    }

    /** Sorts deepest first, so that of two annotations the one that stands on the element is read last and wins. */
    static List<FoundAnnotation> deepestFirst(List<FoundAnnotation> element) {
        var sorted = new ArrayList<>(element);
        sorted.sort(Comparator.comparingInt(FoundAnnotation::depth).reversed());
        return sorted;
    }

    /** Returns the composed annotation that carries this one, as found itself; null if there is none. */
    @Nullable
    FoundAnnotation carrierFound() {
        return carrier == null ? null : new FoundAnnotation(carrier, null, depth - 1, at);
    }

    /** Names the annotation in messages: {@code @Topology}. */
    String name() {
        return "@" + annotation.annotationType().getSimpleName();
    }

    /** Says where it stands, after a name. */
    String onPlace() {
        return " on " + ElementName.of(at);
    }

    /** Describes an attribute and its place for messages. */
    String place(String attribute) {
        return name() + "." + attribute + onPlace();
    }

    boolean hasAttribute(String name) {
        return Arrays.stream(annotation.annotationType().getDeclaredMethods())
                .anyMatch(each -> each.getName().equals(name));
    }

    /** The extension comes from interfaces, too, as all that JUnit reads of a test class does. */
    private static Set<Class<?>> hierarchy(Class<?> type) {
        var classes = new LinkedHashSet<Class<?>>();
        var parent = type.getSuperclass();
        if (parent != null && parent != Object.class) {
            classes.addAll(hierarchy(parent));
        }
        for (var each : type.getInterfaces()) {
            classes.addAll(hierarchy(each));
        }
        classes.add(type);
        return classes;
    }

    private static void visit(FoundAnnotation found, Set<Class<?>> seen, List<FoundAnnotation> all) {
        var type = found.annotation.annotationType();
        if (isForeign(type) || !seen.add(type)) {
            return;
        }
        all.add(found);
        for (var meta : opened(type)) {
            visit(
                    new FoundAnnotation(meta, found.annotation, found.depth + 1, found.at),
                    new LinkedHashSet<>(seen),
                    all);
        }
    }

    private static boolean isForeign(Class<?> type) {
        var name = type.getName();
        return name.startsWith("java.")
                || name.startsWith("kotlin.")
                || name.startsWith("org.junit.")
                || name.startsWith("org.apiguardian.")
                || name.startsWith("org.jspecify.");
    }

    private static List<Annotation> opened(AnnotatedElement element) {
        var annotations = new ArrayList<Annotation>();
        for (var annotation : element.getDeclaredAnnotations()) {
            var contained = contained(annotation);
            if (contained == null) {
                annotations.add(annotation);
            } else {
                Collections.addAll(annotations, contained);
            }
        }
        return annotations;
    }

    /** Opens the container of a repeated annotation; null if it is no container. */
    private static Annotation @Nullable [] contained(Annotation annotation) {
        try {
            var value = annotation.annotationType().getDeclaredMethod("value");
            var type = value.getReturnType().getComponentType();
            if (type == null || !type.isAnnotation()) {
                return null;
            }
            var repeatable = type.getAnnotation(Repeatable.class);
            if (repeatable == null || repeatable.value() != annotation.annotationType()) {
                return null;
            }
            value.setAccessible(true);
            return (Annotation[]) value.invoke(annotation);
        } catch (NoSuchMethodException e) {
            return null;
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + annotation, e);
        }
    }
}
