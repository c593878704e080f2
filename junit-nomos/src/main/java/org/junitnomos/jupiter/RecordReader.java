package org.junitnomos.jupiter;

import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.WrongMethodTypeException;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junitnomos.scenario.Problems;

/**
 * Makes a record from an annotation: each component takes the attribute of its name.
 *
 * <p>A component that is a record itself, and that no attribute names, is made from the same annotation. What no
 * attribute says is as the record's constructor without parameters has it.
 */
final class RecordReader {
    private final FoundAnnotation found;
    private final Problems problems;
    private final AttributeReader checked;

    RecordReader(FoundAnnotation found, Problems problems) {
        this.found = found;
        this.problems = problems;
        this.checked = new AttributeReader(problems, new AnnotationTerms());
    }

    /** Says whether a class is a record of which an annotation says anything. */
    static boolean matches(Class<?> type, Class<? extends Annotation> annotation) {
        return names(type).stream().anyMatch(name -> attribute(annotation, name).isPresent());
    }

    /** Lists the names that attributes may have: the components, and those of components that are records. */
    static Set<String> names(Class<?> type) {
        var names = new LinkedHashSet<String>();
        if (type.isRecord()) {
            for (var component : type.getRecordComponents()) {
                names.add(component.getName());
                names.addAll(names(component.getType()));
            }
        }
        return names;
    }

    /** Refuses the attributes of an annotation that none of some records has a component for. */
    static void refuseUnknown(FoundAnnotation found, List<Class<?>> types, Problems problems) {
        var names = new TreeSet<String>();
        types.forEach(type -> names.addAll(names(type)));
        Arrays.stream(found.annotation().annotationType().getDeclaredMethods())
                .map(Method::getName)
                .filter(name -> !names.contains(name))
                .sorted()
                .forEach(name -> problems.add(
                        found.place(name),
                        "without a component of that name",
                        names.isEmpty() ? "no attribute" : "one of " + names + ", the components",
                        "Rename it, or add the component to "
                                + String.join(
                                        " or ",
                                        types.stream().map(ElementName::nameOf).toList())));
    }

    /**
     * Makes the record.
     *
     * @return the record; empty if something is wrong, which the problems then tell
     * @throws ReflectiveOperationException if a constructor of the record fails
     */
    Optional<Object> read(Class<?> type) throws ReflectiveOperationException {
        var components = type.getRecordComponents();
        var values = new Object[components.length];
        int before = problems.texts().size();
        for (int i = 0; i < values.length; i++) {
            values[i] = component(components[i]);
        }
        if (problems.texts().size() > before) {
            return Optional.empty();
        }
        var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        var canonical = type.getDeclaredConstructor(types);
        canonical.setAccessible(true);
        return Optional.of(canonical.newInstance(values));
    }

    private @Nullable Object component(RecordComponent component) throws ReflectiveOperationException {
        var type = found.annotation().annotationType();
        var attribute = attribute(type, component.getName());
        if (attribute.isPresent()) {
            int before = problems.texts().size();
            var value = new Value(component, attribute.get()).read();
            return value != null || problems.texts().size() > before ? value : unsaid(component);
        }
        if (matches(component.getType(), type)) {
            return read(component.getType()).orElse(null);
        }
        if (!mayBeUnsaid(component)) {
            problems.add(
                    found.name() + found.onPlace(),
                    "without attribute '" + component.getName() + "'",
                    "one for that component of " + ElementName.nameOf(component.getDeclaringRecord())
                            + ", which has no default",
                    "Add the attribute, or give the record a constructor without parameters");
            return null;
        }
        return unsaid(component);
    }

    /** What a component is that the annotation says nothing of. */
    private static @Nullable Object unsaid(RecordComponent component) throws ReflectiveOperationException {
        var defaults = defaults(component.getDeclaringRecord());
        if (defaults.isEmpty()) {
            return null;
        }
        defaults.get().setAccessible(true);
        component.getAccessor().setAccessible(true);
        return component.getAccessor().invoke(defaults.get().newInstance());
    }

    private static boolean mayBeUnsaid(RecordComponent component) {
        return isNullable(component) || defaults(component.getDeclaringRecord()).isPresent();
    }

    private static Optional<Constructor<?>> defaults(Class<?> type) {
        return Arrays.stream(type.getDeclaredConstructors())
                .filter(each -> each.getParameterCount() == 0)
                .findFirst();
    }

    /** Any annotation of that name will do: users have their own. */
    private static boolean isNullable(RecordComponent component) {
        return Stream.of(component, component.getAnnotatedType())
                .flatMap(element -> Arrays.stream(element.getAnnotations()))
                .anyMatch(each -> each.annotationType().getSimpleName().equals("Nullable"));
    }

    private static Optional<Method> attribute(Class<? extends Annotation> annotation, String name) {
        return Arrays.stream(annotation.getDeclaredMethods())
                .filter(each -> each.getName().equals(name))
                .findFirst();
    }

    /** The value of one attribute, on its way to the type of a component. */
    private final class Value {
        private final RecordComponent component;
        private final Method attribute;

        Value(RecordComponent component, Method attribute) {
            this.component = component;
            this.attribute = attribute;
        }

        /** Null if the attribute says nothing, or if something is wrong, which the problems then tell. */
        @Nullable
        Object read() throws ReflectiveOperationException {
            attribute.setAccessible(true);
            var value = attribute.invoke(found.annotation());
            if (component.getType().isInstance(value) || !value.getClass().isArray()) {
                return saysNothing(value) ? null : single(value, component.getGenericType());
            }
            var elements = new ArrayList<Object>();
            for (int i = 0; i < Array.getLength(value); i++) {
                elements.add(Array.get(value, i));
            }
            if (component.getGenericType() instanceof ParameterizedType type) {
                return collection(elements, type);
            }
            var one = checked.atMostOne(found, attribute.getName(), elements.toArray());
            return one == null ? none(elements) : single(one, component.getGenericType());
        }

        /** An empty text is nothing said where that may be; else it is a text, and no duration. */
        private boolean saysNothing(Object value) {
            return value.equals("")
                    && (isNullable(component) || (component.getType() == Duration.class && mayBeUnsaid(component)));
        }

        private @Nullable Object none(List<Object> elements) {
            if (elements.isEmpty() && !mayBeUnsaid(component)) {
                problems.add(found.place(attribute.getName()), "empty", "one value", "Give one");
            }
            return null;
        }

        private @Nullable Object collection(List<Object> elements, ParameterizedType type) {
            var converted = new ArrayList<Object>();
            for (var element : elements) {
                var value = single(element, type.getActualTypeArguments()[0]);
                if (value == null) {
                    return null;
                }
                converted.add(value);
            }
            if (component.getType().isAssignableFrom(List.class)) {
                return Collections.unmodifiableList(converted);
            }
            return component.getType() == Set.class
                    ? Collections.unmodifiableSet(new LinkedHashSet<>(converted))
                    : mismatch();
        }

        private @Nullable Object single(Object value, Type type) {
            if (type == Duration.class && value instanceof String text) {
                return checked.signed(found, attribute.getName(), text);
            }
            if (type instanceof Class<?> wanted && wanted.isPrimitive()) {
                return widened(value, wanted);
            }
            var raw = type instanceof ParameterizedType parameterized ? parameterized.getRawType() : type;
            return raw instanceof Class<?> wanted && wanted.isInstance(value) ? value : mismatch();
        }

        /** An int fits into a long or double as in any call; nothing is narrowed. */
        private @Nullable Object widened(Object value, Class<?> wanted) {
            try {
                MethodHandles.constant(value.getClass(), value).asType(MethodType.methodType(wanted));
                return value;
            } catch (WrongMethodTypeException e) {
                return mismatch();
            }
        }

        private @Nullable Object mismatch() {
            problems.add(
                    found.place(attribute.getName()),
                    "of type " + name(attribute.getGenericReturnType()),
                    name(component.getGenericType()) + ", the type of component '" + component.getName() + "' of "
                            + ElementName.nameOf(component.getDeclaringRecord()),
                    "Give both the same type");
            return null;
        }

        private static String name(Type type) {
            return type.getTypeName().replaceAll("[\\w.]+\\.", "").replace('$', '.');
        }
    }
}
